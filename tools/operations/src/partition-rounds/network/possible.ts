import { existsSync } from 'node:fs';
import { enginesFolder } from '@holdfast/engines';
import { ip } from './ip.js';

const PROBE = `holdfast-${String(process.pid)}-probe`;

/** Why partition rounds cannot run on this machine; undefined when they can. */
export async function whyImpossible(): Promise<string | undefined> {
  const missing = ['kafka/libs', 'eventstoredb/start'].find((name) => !existsSync(`${enginesFolder()}/${name}`));
  if (missing !== undefined) return `no ${missing} in ${enginesFolder()}, the engines folder (HOLDFAST_ENGINES_DIR)`;
  return whyNoNetwork();
}

/** Why this process can make no network of namespaces; undefined when it can. */
export async function whyNoNetwork(): Promise<string | undefined> {
  if (process.platform !== 'linux') return `network namespaces are a part of Linux, and this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'making network namespaces needs root';
  try {
    await ip(['netns', 'add', PROBE]);
  } catch (error) {
    return `no network namespace can be made: ${error instanceof Error ? error.message : String(error)}`;
  }
  try {
    await ip(['-n', PROBE], ['link add bridge type bridge', 'link add one type veth peer name two']);
    return undefined;
  } catch (error) {
    return `no bridge or pair of interfaces can be made: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    await ip(['netns', 'delete', PROBE]);
  }
}
