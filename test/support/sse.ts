export type ServerSentEvent = { readonly id: string; readonly event: string; readonly data: string };

export type EventStream = {
  readonly status: number;
  readonly contentType: string;
  /** The events received until now. */
  readonly events: readonly ServerSentEvent[];
  /** What a browser would send as `Last-Event-ID`. */
  readonly lastId: () => string | undefined;
  readonly comments: () => number;
  /** Resolved when the stream has ended, whoever ended it. */
  readonly ended: Promise<'BY_SERVER' | 'BY_READER'>;
  cut(): void;
};

/** Reads a stream of server-sent events as WHATWG HTML 9.2.6 says, as far as tests need. */
export async function readEvents(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<EventStream> {
  const reader = new AbortController();
  const response = await fetch(url, { headers, signal: reader.signal });
  const events: ServerSentEvent[] = [];
  let lastId: string | undefined;
  let comments = 0;

  function take(block: string): void {
    const fields = new Map<string, string>();
    for (const line of block.split('\n')) {
      if (line.startsWith(':')) comments += 1;
      const [, name, value] = /^([a-z]+): ?(.*)$/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) fields.set(name, value);
    }
    lastId = fields.get('id') ?? lastId;
    const data = fields.get('data');
    if (data !== undefined) events.push({ id: lastId ?? '', event: fields.get('event') ?? 'message', data });
  }

  async function read(): Promise<'BY_SERVER' | 'BY_READER'> {
    const decoder = new TextDecoder();
    let text = '';
    try {
      for await (const chunk of response.body ?? []) {
        text += decoder.decode(chunk, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        blocks.forEach(take);
      }
      return 'BY_SERVER';
    } catch (error) {
      if (reader.signal.aborted) return 'BY_READER';
      throw error;
    }
  }

  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    events,
    lastId: () => lastId,
    comments: () => comments,
    ended: read(),
    cut: () => reader.abort(),
  };
}
