import { lookup as resolve } from 'node:dns';
import type { LookupAddress, LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import { isPublicAddress } from './address.js';

export interface TargetPolicy {
  /**
   * Whether webhooks may go to private, loopback and link-local addresses: allowed on a developer's machine, not in shared installations.
   */
  readonly allowPrivateAddresses: boolean;
}

/** Why a URL may not be called, as a message for the caller. */
export type TargetFault = string;

/** Checks what can be seen in the URL itself; names are checked again when they are resolved for each connection. */
export function targetFault(url: string, policy: TargetPolicy): TargetFault | undefined {
  if (!URL.canParse(url)) return 'is not a valid URL';
  const { protocol, hostname, username, password } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return 'must begin with http:// or https://';
  if (username !== '' || password !== '') return 'must not contain a user name or a password';
  if (policy.allowPrivateAddresses) return undefined;

  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return isPublicAddress(host) ? undefined : 'must not point to a private address';
  return /(^|\.)localhost\.?$/i.test(host) ? 'must not point to a private address' : undefined;
}

/** Resolves the name of a URL once and says whether it leads to a private address. An unknown name is no fault: it may exist later. */
export async function resolvedTargetFault(url: string, policy: TargetPolicy): Promise<TargetFault | undefined> {
  const seen = targetFault(url, policy);
  if (seen !== undefined || policy.allowPrivateAddresses) return seen;
  return new Promise((answer) => {
    guardedLookup(new URL(url).hostname.replace(/^\[|\]$/g, ''), { all: true }, (error) =>
      answer(error instanceof PrivateTarget ? 'must not point to a private address' : undefined),
    );
  });
}

export class PrivateTarget extends Error {
  constructor(hostname: string) {
    super(`${hostname} resolves to a private address`);
    this.name = 'PrivateTarget';
  }
}

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/**
 * Name lookup of the connections themselves, so that the address which was checked is the one that is connected to:
 * a name that changes its answer between check and call gains nothing.
 */
export function guardedLookup(hostname: string, options: LookupOptions, answer: LookupCallback): void {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return answer(error, []);
    if (!addresses.every(({ address }) => isPublicAddress(address))) return answer(new PrivateTarget(hostname), []);
    const [first] = addresses;
    if (options.all === true) return answer(null, addresses);
    return first === undefined ? answer(new Error(`${hostname} has no address`), []) : answer(null, first.address, first.family);
  });
}
