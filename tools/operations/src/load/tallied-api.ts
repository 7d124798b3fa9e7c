import { Api, type ApiAnswer } from '@holdfast/testing';

/** How many answers there were of each status; `none` counts requests without an answer. */
export type Tally = Record<string, number>;

/** Counts the answers to the requests of a caller. */
export class TalliedApi extends Api {
  constructor(
    private readonly address: string,
    private readonly credential: string,
    private readonly tally: Tally,
    private readonly further: Readonly<Record<string, string>> = {},
  ) {
    super(address, credential, further);
  }

  override with(headers: Readonly<Record<string, string>>): TalliedApi {
    return new TalliedApi(this.address, this.credential, this.tally, { ...this.further, ...headers });
  }

  override async send(method: string, path: string, body?: unknown): Promise<ApiAnswer> {
    try {
      const answer = await super.send(method, path, body);
      this.count(String(answer.status));
      return answer;
    } catch (error) {
      this.count('none');
      throw error;
    }
  }

  private count(status: string): void {
    this.tally[status] = (this.tally[status] ?? 0) + 1;
  }
}
