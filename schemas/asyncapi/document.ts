import { z } from 'zod';
import { CLOUD_EVENT_JSON, dataSchemaOf, MessageEnvelope, messageTypes } from '../cloud-event.ts';
import { type ContractChannel, contractChannels } from './channels.ts';
import { answerDispositions, changeDispositions, refusedExamples } from './dispositions.ts';
import { type ContractMessage, contractMessages } from './messages.ts';
import { contractText } from './text.ts';

const messages = Object.entries(contractMessages);
const mapped = <V, R>(record: Readonly<Record<string, V>>, map: (value: V, key: string) => R) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
const refTo = (path: string) => ({ $ref: `#/${path}` });

/** Name of the schema of a message's data: `registry-query`. */
const schemaName = ({ schema }: ContractMessage) => schema.slice(0, schema.indexOf('/'));

/**
 * The contract between this system and the adapters of registries and channels as an AsyncAPI 3.0 document, always the same for the
 * same schemas. Kept in `schemas/asyncapi/asyncapi.json`; `npm run schemas` writes it.
 */
export function asyncApiDocument(): object {
  return {
    asyncapi: '3.0.0',
    id: 'urn:orgeid:adapters',
    info: {
      title: 'Org eID: registries and notification channels',
      version: '1.0.0',
      description: contractText,
      license: { name: 'Apache 2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0.html' },
    },
    defaultContentType: CLOUD_EVENT_JSON,
    servers: {
      nats: {
        host: '{host}:{port}',
        protocol: 'nats',
        protocolVersion: '2.12',
        description: 'NATS with JetStream.',
        variables: {
          host: { default: '127.0.0.1', description: 'Given with the credentials.' },
          port: { default: '4222' },
        },
        security: [refTo('components/securitySchemes/nkey')],
      },
    },
    channels: mapped<ContractChannel, object>(contractChannels, channelOf),
    operations: Object.assign({}, ...messages.map(([name, message]) => operationOf(name, message))),
    components: {
      messages: mapped(contractMessages, messageObject),
      schemas: Object.fromEntries(
        messages.map(([, message]) => [schemaName(message), schemaOf(message.data)]),
      ),
      securitySchemes: {
        nkey: {
          type: 'asymmetricEncryption',
          description:
            'NATS nkey (Ed25519): the client signs the server’s nonce with the seed that the operator gave. It may take the ' +
            'questions of its own party and publish its own answers and changes, nothing else.',
        },
      },
    },
    'x-orgeid-refused': refusedExamples,
  };
}

function channelOf(
  { title, address, parameter, parties, stream, description }: ContractChannel,
  key: string,
) {
  const on = messages.filter(([, message]) => message.channel === key);
  const dispositions = { ANSWERS: answerDispositions, CHANGES: changeDispositions }[stream];
  return {
    title,
    address,
    description,
    parameters: {
      [parameter]: { description: 'The party itself.', ...(parties ? { enum: [...parties] } : {}) },
    },
    messages: Object.fromEntries(on.map(([name]) => [name, refTo(`components/messages/${name}`)])),
    'x-orgeid-stream': stream,
    ...(dispositions ? { 'x-orgeid-dispositions': dispositions } : {}),
  };
}

function operationOf(name: string, { operation, action, channel, summary, answeredBy }: ContractMessage) {
  const answer = answeredBy === undefined ? undefined : contractMessages[answeredBy];
  const inChannel = (on: string, message: string) => refTo(`channels/${on}/messages/${message}`);
  return {
    [operation]: {
      action,
      channel: refTo(`channels/${channel}`),
      summary,
      messages: [inChannel(channel, name)],
      ...(answer === undefined || answeredBy === undefined
        ? {}
        : {
            reply: {
              channel: refTo(`channels/${answer.channel}`),
              messages: [inChannel(answer.channel, answeredBy)],
            },
          }),
    },
  };
}

function messageObject(message: ContractMessage, name: string) {
  const { title, summary, schema, examples } = message;
  return {
    name,
    title,
    summary,
    contentType: CLOUD_EVENT_JSON,
    headers: headersOf(message),
    payload: envelopeOf(message),
    correlationId: {
      description: 'Of a question the case’s own; its answer carries the same.',
      location: '$message.header#/Correlation-Id',
    },
    tags: [{ name: schema }],
    examples: examples.map(({ payload, ...told }) => ({ ...told, headers: exampleHeaders, payload })),
  };
}

const exampleHeaders = { 'Content-Type': CLOUD_EVENT_JSON };

const headersOf = ({ msgId }: ContractMessage) => ({
  type: 'object',
  properties: {
    'Content-Type': { type: 'string', const: CLOUD_EVENT_JSON },
    'Nats-Msg-Id': {
      type: 'string',
      description: `${msgId}: JetStream drops a second message with the same one.`,
    },
    'Correlation-Id': { type: 'string', maxLength: 120 },
    traceparent: { type: 'string', description: 'W3C Trace Context, where the question is traced.' },
  },
  required: ['Content-Type'],
});

/** The envelope with the type of this message and its data. */
function envelopeOf(message: ContractMessage): object {
  const { properties, ...envelope } = schemaOf(MessageEnvelope) as { readonly properties: object };
  return {
    ...envelope,
    properties: {
      ...properties,
      type: { type: 'string', const: messageTypes[message.schema] },
      dataschema: { type: 'string', examples: [dataSchemaOf(message.schema)] },
      data: refTo(`components/schemas/${schemaName(message)}`),
    },
  };
}

/** Draft 07, on which AsyncAPI's own schema objects are built. */
function schemaOf(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  return rest;
}
