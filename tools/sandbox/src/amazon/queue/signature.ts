import { createHash, createHmac } from 'node:crypto';
import type { VendorCall } from '../../http/vendor-call.js';

export interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

const SHAPE =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/sqs\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

export type SignatureFault = 'MissingAuthenticationToken' | 'InvalidClientTokenId' | 'SignatureDoesNotMatch';

/** Checks a call's signature, version 4 of AWS. undefined: it is right. */
export function signatureFault(call: VendorCall, key: SigningKey): SignatureFault | undefined {
  const [, accessKeyId, day = '', region = '', names = '', signature] = SHAPE.exec(call.headers.authorization ?? '') ?? [];
  if (signature === undefined) return 'MissingAuthenticationToken';
  if (accessKeyId !== key.accessKeyId) return 'InvalidClientTokenId';
  if (region !== key.region) return 'SignatureDoesNotMatch';
  const headers = names.split(';').map((name) => `${name}:${String(call.headers[name] ?? '').trim()}\n`);
  const canonical = [call.method, call.path, call.query.toString(), headers.join(''), names, hash(call.body)].join('\n');
  const time = call.headers['x-amz-date'];
  const text = ['AWS4-HMAC-SHA256', typeof time === 'string' ? time : '', `${day}/${region}/sqs/aws4_request`, hash(canonical)].join('\n');
  const signingKey = [day, region, 'sqs', 'aws4_request'].reduce<Buffer | string>(mac, `AWS4${key.secretAccessKey}`);
  return mac(signingKey, text).toString('hex') === signature ? undefined : 'SignatureDoesNotMatch';
}

const hash = (value: string | Buffer): string => createHash('sha256').update(value).digest('hex');
const mac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
