/** An event of a stream. Comments, which only keep the connection open, have no data. */
export interface ServerSentEvent {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/** Splits the text of a stream into its events, however the network cut it. */
export class EventParser {
  private rest = '';

  /** @returns the events that the text completes, and whether anything came that says the stream lives */
  take(text: string): readonly ServerSentEvent[] {
    const blocks = (this.rest + text).split('\n\n');
    this.rest = blocks.pop() ?? '';
    return blocks.flatMap(eventOf);
  }
}

function eventOf(block: string): readonly ServerSentEvent[] {
  const fields = { id: '', event: 'message', data: '' };
  for (const line of block.split('\n')) {
    const colon = line.indexOf(': ');
    const name = line.slice(0, colon);
    if (name === 'id' || name === 'event') fields[name] = line.slice(colon + 2);
    else if (name === 'data') fields.data += (fields.data === '' ? '' : '\n') + line.slice(colon + 2);
  }
  return fields.data === '' ? [] : [fields];
}
