import { printable, shortened, type VendorAnswer } from '@holdfast/vendor-http';
import { faultOf } from '../answers.js';
import { askedAt, type AskedAt } from '../asked-at.js';
import type { ErpFault, ErpTools } from '../port.js';
import { withoutSecrets } from '../secrets.js';
import { baseUrlOf } from '../settings.js';
import type { MicrovixCredentials } from './credentials.js';
import { oneAtATime } from './one-at-a-time.js';
import { readAnswer, type Cells } from './read-answer.js';
import { requestBody, type Parameters } from './request.js';
import type { MicrovixSettings } from './settings.js';

export interface Table {
  readonly columns: Cells;
  readonly rows: readonly Cells[];
  readonly asked: AskedAt;
}

export type TableRead = ({ readonly kind: 'table' } & Table) | { readonly kind: 'fault'; readonly fault: ErpFault };

/** There are no pages: an answer is a whole store. */
const MOST_ANSWER_BYTES = 64 * 1_048_576;

/** Microvix has no codes of errors, only texts in Portuguese: of who may read, and of what passes. */
const OF_CREDENTIALS = /chave|senha|usu[aá]rio|autentica|acesso|permiss[aã]o/i;
const OF_A_MOMENT = /tempo|timeout|intern[ao]|indispon|novamente|limite|aguarde|excedid/i;

/** Calls the web service of Microvix, one call at a time for a key. */
export class MicrovixClient {
  constructor(
    private readonly settings: MicrovixSettings,
    private readonly credentials: MicrovixCredentials,
    private readonly tools: ErpTools,
  ) {}

  read(command: string, parameters: Parameters): Promise<TableRead> {
    return oneAtATime(`${baseUrlOf(this.settings)} ${this.credentials.key}`, () => this.call(command, parameters));
  }

  private async call(command: string, parameters: Parameters): Promise<TableRead> {
    const sentAt = this.tools.now();
    const answer = await this.tools.http.call({
      method: 'POST',
      url: baseUrlOf(this.settings),
      headers: { 'content-type': 'text/xml; charset=utf-8', accept: 'text/xml' },
      body: requestBody(this.credentials, this.settings.portal, command, parameters),
      mostAnswerBytes: MOST_ANSWER_BYTES,
    });
    const answeredAt = this.tools.now();
    const fault = faultOf(answer, answeredAt);
    if (fault !== undefined) return this.fault(fault);
    return this.tableOf(answer, (date) => askedAt(sentAt, answeredAt, date));
  }

  private async tableOf(answer: VendorAnswer, when: (date: string | undefined) => AskedAt): Promise<TableRead> {
    if (answer.kind !== 'answered') throw new Error('an answer without a fault is an answer');
    if (answer.cutOff === true)
      return this.fault({ kind: 'refused', says: 'the answer is longer than 64 MiB; read the store by the other command' });
    const read = await readAnswer(answer.body);
    switch (read.kind) {
      case 'table':
        return { kind: 'table', columns: read.columns, rows: read.rows, asked: when(answer.headers['date']) };
      case 'broken':
        return this.fault({ kind: 'broken_answer', says: `${read.says}: ${answer.body.toString('utf8', 0, 120)}` });
      case 'refused':
        return this.fault(refusal(`Microvix says: ${read.message === '' ? 'no reason' : read.message}`));
    }
  }

  private fault(fault: ErpFault): TableRead {
    const says = withoutSecrets(fault.says, [this.credentials.key, this.credentials.password]);
    return { kind: 'fault', fault: { ...fault, says: shortened(printable(says)) } };
  }
}

function refusal(says: string): ErpFault {
  if (OF_CREDENTIALS.test(says)) return { kind: 'credentials', says };
  return OF_A_MOMENT.test(says) ? { kind: 'temporary', says, retryAfterMs: 0 } : { kind: 'refused', says };
}
