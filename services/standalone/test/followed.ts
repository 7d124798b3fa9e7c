/** An event of a subscription. */
export interface FollowedEvent {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly result: unknown;
}

export interface Following {
  /** The next events, comments left out. */
  next(count: number): Promise<readonly FollowedEvent[]>;
  end(): Promise<void>;
}

/** Follows a GraphQL subscription over server-sent events. @throws with the answer where it is refused */
export async function follow(
  { url, key }: { readonly url: string; readonly key: string },
  query: string,
  variables: object = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Following> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  if (response.status !== 200 || response.body === null) throw new Error(`${response.status} ${await response.text()}`);
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  const read: FollowedEvent[] = [];
  return {
    async next(count) {
      while (read.length < count) {
        const { done, value } = await reader.read();
        if (done) throw new Error(`it ended after ${read.length} events`);
        text += decoder.decode(value, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        read.push(...blocks.filter((block) => !block.startsWith(':')).map(eventOf));
      }
      return read.splice(0, count);
    },
    end: () => reader.cancel(),
  };
}

function eventOf(block: string): FollowedEvent {
  const field = (name: string): string | undefined =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  const data = field('data');
  return { id: field('id'), event: field('event'), result: data === undefined || data === '' ? undefined : (JSON.parse(data) as unknown) };
}
