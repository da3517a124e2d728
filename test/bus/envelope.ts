import { MessageEnvelope } from '../../schemas/cloud-event.ts';

/** Data in an envelope of the type that its `schema` names, known or not. */
export function inEnvelope(data: object): string {
  const schema = 'schema' in data ? String(data.schema) : 'nothing/1';
  return JSON.stringify({
    specversion: '1.0',
    id: 'message-1',
    source: '/registries/TEST',
    type: `orgeid.${schema.replace('-', '.').replace('/', '.v')}`,
    time: '2025-04-02T01:00:00.000Z',
    datacontenttype: 'application/json',
    data,
  });
}

/** The data of a message that was sent in its envelope. */
export const dataOf = (text: string): unknown => MessageEnvelope.parse(JSON.parse(text)).data;
