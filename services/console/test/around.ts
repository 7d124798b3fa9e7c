import { createHmac } from 'node:crypto';
import type { Page } from 'playwright-core';
import type { RunningHoldfast } from '@holdfast/testing';
import type { TestBrowser } from './browser.js';

/** Of who runs the installation. */
export const OPERATOR_KEY = 'operator-key-of-the-console-that-is-long';

/** Signs tokens of people. */
export const JWT_SECRET = 'the-secret-that-signs-tokens-of-the-console';

/** A token of a person of the tenant: keys that a key makes belong to the same person. */
export function tokenOf(person: string, tenant = 'demo'): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1_000) + 3_600;
  const signed = `${part({ alg: 'HS256' })}.${part({ tenant, sub: person, roles: ['admin'], exp })}`;
  return `${signed}.${createHmac('sha256', JWT_SECRET).update(signed).digest('base64url')}`;
}

/** What suites of screens share. */
export interface Around {
  holdfast(): RunningHoldfast;
  browser(): TestBrowser;
}

/** A page that is signed in with a key, at an address of the console. */
export async function signedIn({ browser }: Around, key: string, path = '/app', locale = 'en-US'): Promise<Page> {
  const page = await browser().open({ locale });
  const answer = await page.context().request.post('/v1/session', { data: { credential: key } });
  if (answer.status() !== 201) throw new Error(`the sign-in answered ${String(answer.status())}`);
  await page.goto(path);
  return page;
}

/** A key of the tenant with the rights given. */
export async function keyOf({ holdfast }: Around, rights: { roles?: readonly string[]; permissions?: readonly string[] }): Promise<string> {
  const { key, url } = holdfast();
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const answer = await fetch(`${url}/v1/keys`, { method: 'POST', headers, body: JSON.stringify({ name: 'Of a test', ...rights }) });
  return ((await answer.json()) as { key: string }).key;
}
