import type { OpenAPIV3_1 as Oas } from 'openapi-types';

type Headers = Record<string, Oas.ReferenceObject | Oas.HeaderObject>;

/** Headers of answers, described once. A required one comes with every answer that names it. */
export const headers = {
  ETag: {
    description: 'Version of the case, for `If-Match`.',
    required: true,
    schema: { type: 'string', pattern: '^"[0-9]+"$' },
    example: '"7"',
  },
  Location: {
    description: 'Address of the case that was opened.',
    required: true,
    schema: { type: 'string', pattern: '^/v1/' },
    example: '/v1/registrations/registration-1f0c6d2ab94e7a53c8d1',
  },
  Standing: {
    description: 'Of a command that was not answered in time: where to find out what became of it.',
    schema: { type: 'string', pattern: '^/v1/commands/' },
    example: '/v1/commands/0b7b4d0e-5d4c-4b8e-9f52-6d8f2f1f3a10',
  },
  RetryAfter: {
    description: 'When to come back, seconds.',
    required: true,
    schema: { type: 'integer', minimum: 1 },
    example: 2,
  },
  Challenge: {
    description: 'How to sign in, and why the token was not accepted (RFC 6750).',
    required: true,
    schema: { type: 'string', pattern: '^Bearer' },
    example: 'Bearer error="invalid_token", error_description="EXPIRED"',
  },
  RequestId: {
    description: 'Name of this request, for a report: the caller’s `x-request-id`, or one of ours.',
    schema: { type: 'string' },
    example: '6f1c1c55-3f0e-4d0a-8e6e-0c2f8d9f6a51',
  },
  Language: {
    description: 'Language of the texts, by `Accept-Language`: `vi` or `en`.',
    schema: { type: 'string', enum: ['vi', 'en'] },
    example: 'en',
  },
} as const satisfies Record<string, Oas.HeaderObject>;

const ref = (name: keyof typeof headers) => ({ $ref: `#/components/headers/${name}` });

/** The headers of a refusal by its status. */
export function headersOfRefusal(status: string): Headers {
  return {
    'x-request-id': ref('RequestId'),
    'Content-Language': ref('Language'),
    ...(status === '401' ? { 'WWW-Authenticate': ref('Challenge') } : {}),
    ...(status === '429' || status === '503' ? { 'Retry-After': ref('RetryAfter') } : {}),
    ...(status === '503' ? { Location: ref('Standing') } : {}),
  };
}

/** The headers of any other answer. */
export function headersOfAnswer(
  status: string,
  { tagged, opens }: { readonly tagged: boolean; readonly opens: boolean },
): Headers {
  return {
    'x-request-id': ref('RequestId'),
    ...(tagged && (status === '200' || status === '201') ? { ETag: ref('ETag') } : {}),
    ...(opens && status === '201' ? { Location: ref('Location') } : {}),
    ...(status === '503' ? { 'Retry-After': ref('RetryAfter') } : {}),
  };
}
