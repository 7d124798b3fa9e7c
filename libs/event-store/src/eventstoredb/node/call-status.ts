import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2';

const CANCELLED = 1;
const UNAVAILABLE = 14;

/** Opens a call of the service `Streams`. */
export const openCall = (session: ClientHttp2Session, method: string, metadata: OutgoingHttpHeaders): ClientHttp2Stream =>
  session.request(
    {
      ':method': 'POST',
      ':path': `/event_store.client.streams.Streams/${method}`,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...metadata,
    },
    { endStream: false },
  );

/** How a call ended, read from its headers, where it has no messages, or its trailers. */
export class CallStatus {
  private code: number | undefined;
  private text = 'the connection was lost';

  constructor(stream: ClientHttp2Stream) {
    stream.on('response', (headers: IncomingHttpHeaders) => this.note(headers));
    stream.on('trailers', (headers: IncomingHttpHeaders) => this.note(headers));
    stream.on('error', (error: Error) => {
      this.text = error.message;
    });
  }

  get isOk(): boolean {
    return this.code === 0;
  }

  /** True where the node, or the way to it, is at fault: another node may answer. */
  get isLost(): boolean {
    return this.code === undefined || this.code === CANCELLED || this.code === UNAVAILABLE;
  }

  get reason(): string {
    return this.text;
  }

  private note(headers: IncomingHttpHeaders): void {
    const { ':status': http, 'grpc-status': code, 'grpc-message': message } = headers;
    if (code !== undefined) {
      this.code = Number(code);
      this.text = `status ${this.code} ${decoded(String(message ?? ''))}`.trim();
    } else if (http !== undefined && Number(http) !== 200) this.text = `HTTP status ${http}`;
  }
}

function decoded(message: string): string {
  try {
    return decodeURIComponent(message);
  } catch {
    return message;
  }
}
