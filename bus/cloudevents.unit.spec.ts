import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../schemas/case.ts';
import { encodeCloudEvent, toCloudEvent } from './cloudevents.ts';
import { eventSubject } from './subjects.ts';

const event: LoggedEvent = {
  position: 7,
  stream: 'registration-abc',
  version: 2,
  type: 'RequestSubmitted',
  data: { b: 1, a: 'Hưng Yên' },
  at: '2025-04-02T01:00:00.000Z',
  by: { id: 'officer-1', name: 'Nguyễn Văn Ví Dụ', unit: 'C06' },
  commandId: 'command-1',
  correlationId: 'correlation-1',
  recordedAt: '2025-04-02T01:00:00.123Z',
  prevHash: 'a'.repeat(64),
  hash: 'b'.repeat(64),
};

describe('a cloud event', () => {
  it('carries the attributes that CloudEvents 1.0 requires', () => {
    expect(toCloudEvent(event)).toMatchObject({
      specversion: '1.0',
      id: event.hash,
      source: '/orgeid/registration',
      type: 'orgeid.registration.RequestSubmitted',
      subject: 'registration-abc',
      time: event.at,
      data: event.data,
    });
  });

  it('names its extensions in lower-case letters and digits', () => {
    const { data, ...attributes } = toCloudEvent(event);
    expect(data).toBe(event.data);
    for (const name of Object.keys(attributes)) expect(name).toMatch(/^[a-z0-9]{1,20}$/);
    expect(attributes).toMatchObject({
      position: 7,
      streamversion: 2,
      hash: event.hash,
      prevhash: event.prevHash,
      commandid: 'command-1',
      correlationid: 'correlation-1',
      actorunit: 'C06',
    });
  });

  it('has the same bytes whatever the order in which the database gives the keys', () => {
    const turned = Object.fromEntries(Object.entries({ ...event, data: { a: 'Hưng Yên', b: 1 } }).reverse());
    expect(encodeCloudEvent(turned as unknown as LoggedEvent)).toBe(encodeCloudEvent(event));
  });

  it('leaves out what the event does not have', () => {
    const { correlationId, ...bare } = { ...event, by: { id: 'system', name: 'Hệ thống' } };
    expect(correlationId).toBeDefined();
    expect(Object.keys(toCloudEvent(bare))).not.toContain('correlationid');
    expect(Object.keys(toCloudEvent(bare))).not.toContain('actorunit');
  });

  it('goes to a subject by case type, stream and event type', () => {
    expect(eventSubject(event)).toBe('events.registration.registration-abc.RequestSubmitted');
  });
});
