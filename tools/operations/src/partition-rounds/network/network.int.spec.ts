import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from '@holdfast/testing';
import { ip } from './ip.js';
import { openNetwork, type Network } from './network.js';
import type { Node } from './nodes.js';
import { whyNoNetwork } from './possible.js';

// Sends a number by UDP twenty times a second, each to all addresses that it is given, and prints the senders that it heard from.
const TALKER = `
const socket = require('node:dgram').createSocket('udp4');
const [own, ...others] = process.argv.slice(1);
socket.on('error', () => undefined);
socket.on('message', (_message, { address }) => process.stdout.write(address + '\\n'));
socket.bind(4000, own, () => setInterval(() => others.forEach((other) => socket.send('x', 4000, other)), 50));
`;

const reason = await whyNoNetwork();
const NODES = ['gateway', 'kafka', 'postgres'] as const;

(reason === undefined ? describe : describe.skip)(
  `the network of the partition rounds${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let network: Network;
    const heard = new Map<Node, string[]>();
    const talkers: ChildProcess[] = [];

    beforeAll(async () => {
      network = await openNetwork();
      const addresses = NODES.map((node) => network.addressOf(node));
      for (const node of NODES) {
        const own = network.addressOf(node);
        const [program = '', ...args] = network.within(node);
        const others = addresses.filter((address) => address !== own);
        const talker = spawn(program, [...args, process.execPath, '-e', TALKER, own, ...others], { stdio: ['ignore', 'pipe', 'inherit'] });
        const lines: string[] = [];
        heard.set(node, lines);
        talker.stdout.on('data', (chunk: Buffer) => lines.push(...chunk.toString().trim().split('\n')));
        talkers.push(talker);
      }
    });
    afterAll(async () => {
      const ended = talkers.map((talker) => once(talker, 'exit'));
      await network.close();
      await Promise.all(ended);
      expect(await ip(['netns', 'list'])).not.toContain(`holdfast-${String(process.pid)}-`);
    });

    const timesHeard = (from: Node, to: Node): number =>
      (heard.get(to) ?? []).filter((address) => address === network.addressOf(from)).length;
    /** Forgets what was heard, waits until these pairs were heard several times, and returns every pair that was heard at all. */
    async function whoHears(expected: readonly string[]): Promise<readonly string[]> {
      for (const lines of heard.values()) lines.splice(0);
      const pairs = (times: number): string[] =>
        NODES.flatMap((from) => NODES.filter((to) => timesHeard(from, to) >= times).map((to) => `${from} > ${to}`));
      await eventually(
        () => Promise.resolve(pairs(10)),
        (found) => expected.every((pair) => found.includes(pair)),
      );
      return pairs(1);
    }
    const ALL = ['gateway > kafka', 'gateway > postgres', 'kafka > gateway', 'kafka > postgres', 'postgres > gateway', 'postgres > kafka'];

    it('connects every node with every other', async () => expect(await whoHears(ALL)).toEqual(ALL));

    it('drops one direction and no other', async () => {
      await network.drop([{ from: 'gateway', to: 'kafka' }]);
      const others = ALL.filter((pair) => pair !== 'gateway > kafka');
      await whoHears(others);
      expect(await whoHears(others)).toEqual(others);
    });

    it('drops both directions of a pair', async () => {
      await network.drop([{ from: 'kafka', to: 'gateway' }]);
      const others = ALL.filter((pair) => !pair.includes('gateway') || pair.includes('postgres'));
      await whoHears(others);
      expect(await whoHears(others)).toEqual(others);
    });

    it('heals', async () => {
      await network.heal();
      expect(await whoHears(ALL)).toEqual(ALL);
    });
  },
);
