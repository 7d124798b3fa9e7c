import { gunzipSync } from 'node:zlib';
import type { VendorHttp } from '@holdfast/vendor-http';
import { fieldsOf, jsonOf, listOf, textOf } from '../../reading.js';
import type { ApiResult, SellingPartnerApi } from '../api.js';
import { feedOf, type FeedLine } from './messages.js';
import type { AmazonSettings } from '../settings.js';

export const MOST_MESSAGES = 25_000;
const CONTENT_TYPE = 'application/json; charset=UTF-8';
const BASE = '/feeds/2021-06-30';
const MOST_REPORT_BYTES = 64 * 1_048_576;

export type Failure = Exclude<ApiResult, { kind: 'ok' }>;
export type Submitted =
  | { readonly kind: 'submitted'; readonly feedId: string }
  /** `effect`: a feed may be on its way all the same. */
  | { readonly kind: 'failed'; readonly effect: boolean; readonly failure: Failure };

const unreadable = (what: string): Failure => ({
  kind: 'failed',
  code: 'unreadable',
  says: `${what} is not as Amazon describes it`,
  sent: true,
});

/** Uploads the figures and creates a feed of them. */
export async function submitFeed(
  api: SellingPartnerApi,
  http: VendorHttp,
  settings: AmazonSettings,
  lines: readonly FeedLine[],
): Promise<Submitted> {
  const created = await api.call('createFeedDocument', { method: 'POST', path: `${BASE}/documents`, body: { contentType: CONTENT_TYPE } });
  if (created.kind !== 'ok') return { kind: 'failed', effect: false, failure: created };
  const documentId = textOf(fieldsOf(created.body)['feedDocumentId']);
  const url = textOf(fieldsOf(created.body)['url']);
  if (documentId === undefined || url === undefined) return { kind: 'failed', effect: false, failure: unreadable('the feed document') };
  const body = JSON.stringify(feedOf(settings, lines));
  const put = await http.call({ method: 'PUT', url, headers: { 'content-type': CONTENT_TYPE }, body });
  if (put.kind === 'unanswered' || put.status >= 300) {
    const says = put.kind === 'unanswered' ? put.fault : `the upload of a feed was answered with ${String(put.status)}`;
    return { kind: 'failed', effect: false, failure: { kind: 'failed', code: 'upload', says, sent: false } };
  }
  const wanted = { feedType: 'JSON_LISTINGS_FEED', marketplaceIds: settings.marketplaceIds, inputFeedDocumentId: documentId };
  const create = () => api.call('createFeed', { method: 'POST', path: `${BASE}/feeds`, body: wanted });
  let feed = await create();
  // No answer: the feed may run, and its id is not known. A second one of the same content does no harm and can be followed.
  const unsure = feed.kind === 'failed' && feed.sent;
  if (unsure) feed = await create();
  if (feed.kind !== 'ok') return { kind: 'failed', effect: unsure || (feed.kind === 'failed' && feed.sent), failure: feed };
  const feedId = textOf(fieldsOf(feed.body)['feedId']);
  return feedId === undefined ? { kind: 'failed', effect: true, failure: unreadable('the created feed') } : { kind: 'submitted', feedId };
}

export interface MessageFault {
  readonly code: string;
  readonly says: string;
}

export type FeedState =
  | { readonly kind: 'under_way' }
  /** SKUs that are not named were applied. */
  | { readonly kind: 'done'; readonly faults: ReadonlyMap<string, MessageFault> }
  /** It ended without a report. Some of it may be applied. */
  | { readonly kind: 'broken'; readonly says: string }
  | { readonly kind: 'unreadable'; readonly failure: Failure };

/** Reports of feeds that ended, by address and feed id: many listings are confirmed from one of them, and they may be fetched 80 times an hour. */
const reports = new Map<string, ReadonlyMap<string, MessageFault>>();
const MOST_REPORTS = 8;
/** When a feed was last seen under way, by address and feed id: hundreds of listings ask for the same one at a time. */
const seenUnderWay = new Map<string, number>();
const SEEN_MS = 5_000;
const MOST_SEEN = 64;

/** Asks how far a feed is, and for its report once it is done. */
export async function feedState(
  api: SellingPartnerApi,
  http: VendorHttp,
  account: string,
  feedId: string,
  now: number,
): Promise<FeedState> {
  const key = `${account} ${feedId}`;
  const known = reports.get(key);
  if (known !== undefined) return { kind: 'done', faults: known };
  if (now - (seenUnderWay.get(key) ?? Number.NEGATIVE_INFINITY) < SEEN_MS) return { kind: 'under_way' };
  const feed = await api.call('getFeed', { method: 'GET', path: `${BASE}/feeds/${encodeURIComponent(feedId)}` });
  if (feed.kind === 'refused') return { kind: 'broken', says: `feed ${feedId}: ${feed.says}` };
  if (feed.kind !== 'ok') return { kind: 'unreadable', failure: feed };
  const status = textOf(fieldsOf(feed.body)['processingStatus']);
  if (status === 'IN_QUEUE' || status === 'IN_PROGRESS') {
    keep(seenUnderWay, key, now, MOST_SEEN);
    return { kind: 'under_way' };
  }
  const resultId = textOf(fieldsOf(feed.body)['resultFeedDocumentId']);
  if (status !== 'DONE' || resultId === undefined) return { kind: 'broken', says: `feed ${feedId} ended as ${status ?? 'unknown'}` };
  const document = await api.call('getFeedDocument', { method: 'GET', path: `${BASE}/documents/${encodeURIComponent(resultId)}` });
  if (document.kind !== 'ok') return { kind: 'unreadable', failure: document };
  const { url, compressionAlgorithm } = fieldsOf(document.body);
  const answer = await http.call({ method: 'GET', url: textOf(url) ?? '', mostAnswerBytes: MOST_REPORT_BYTES });
  const report = answer.kind === 'answered' && answer.status === 200 ? reportOf(answer.body, compressionAlgorithm === 'GZIP') : undefined;
  if (report === undefined) return { kind: 'unreadable', failure: unreadable(`the report of feed ${feedId}`) };
  keep(reports, key, report, MOST_REPORTS);
  return { kind: 'done', faults: report };
}

/** Keeps a value, and forgets the oldest beyond the bound. */
function keep<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.keys().next();
  if (map.size > most && oldest.done !== true) map.delete(oldest.value);
}

/** The faulty messages of a report by SKU, the first error of each; undefined where it is no report. */
export function reportOf(body: Buffer, compressed: boolean): ReadonlyMap<string, MessageFault> | undefined {
  let text: Buffer;
  try {
    text = compressed ? gunzipSync(body, { maxOutputLength: MOST_REPORT_BYTES }) : body;
  } catch {
    return undefined;
  }
  const fields = fieldsOf(jsonOf(text));
  if (!Array.isArray(fields['issues'])) return undefined;
  const faults = new Map<string, MessageFault>();
  for (const { sku, code, severity, message } of listOf(fields['issues']).map(fieldsOf)) {
    const name = textOf(sku);
    if (severity === 'ERROR' && name !== undefined && !faults.has(name))
      faults.set(name, { code: textOf(code) ?? 'unknown', says: textOf(message) ?? 'no reason given' });
  }
  return faults;
}
