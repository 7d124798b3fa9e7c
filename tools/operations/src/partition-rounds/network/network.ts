import { isAlive } from '@holdfast/testing';
import { ip } from './ip.js';
import { removeNamespaces } from './namespaces.js';
import { NODES, type Link, type Node } from './nodes.js';

// Each node is a network namespace with one interface at a bridge, which has a namespace of its own, so that no rule of the machine's
// firewall touches these packets. This process has an interface there, too: it is the client of the gateway and is never cut off.
//
// Neighbour entries are fixed, not learned. A cut replaces the entry of the other end by a hardware address that nobody has: packets
// leave and are dropped, as by a broken switch. That works in each direction alone, needs no firewall and no queueing discipline of the
// kernel, and no end hears of it.

const NOBODY = '02:48:46:00:ff:ff';
const SUBNETS = 256;

/** The network of one run. */
export interface Network {
  addressOf(node: Node): string;
  /** The words that start a program in the namespace of a node. */
  within(node: Node): readonly string[];
  /** Drops what `from` sends to `to`. */
  drop(cuts: readonly Link[]): Promise<void>;
  /** Undoes every drop. */
  heal(): Promise<void>;
  /** Kills every process in the namespaces and removes them. */
  close(): Promise<void>;
}

const prefixOf = (pid: number): string => `holdfast-${String(pid)}-`;
const hardwareOf = (index: number): string => `02:48:46:00:00:${index.toString(16).padStart(2, '0')}`;

/** @throws when this process may not make namespaces; then nothing is left of it */
export async function openNetwork(): Promise<Network> {
  const prefix = prefixOf(process.pid);
  const names = new Map(NODES.map((node) => [node, `${prefix}${node}`]));
  const bridge = `${prefix}bridge`;
  const close = (): Promise<void> => removeNamespaces([...names.values(), bridge]);
  try {
    const subnet = await freeSubnet();
    const addresses = new Map(NODES.map((node, index) => [node, `${subnet}.${String(index + 2)}`]));
    const of = <Value>(values: ReadonlyMap<Node, Value>, node: Node): Value => {
      const value = values.get(node);
      if (value === undefined) throw new Error(`${node} is no node`);
      return value;
    };
    await makeBridge(bridge, `${subnet}.1`);
    for (const [index, node] of NODES.entries()) await plugIn(of(names, node), bridge, index + 2, of(addresses, node));
    const neighbours = (from: Node, tos: readonly Node[], isDropped: boolean): Promise<string> =>
      ip(
        ['-n', of(names, from)],
        tos.map((to) => {
          const hardware = isDropped ? NOBODY : hardwareOf(NODES.indexOf(to) + 2);
          return `neigh replace ${of(addresses, to)} lladdr ${hardware} dev eth0 nud permanent`;
        }),
      );
    const heal = async (): Promise<void> => {
      const othersThan = (node: Node): readonly Node[] => NODES.filter((other) => other !== node);
      await Promise.all(NODES.map((node) => neighbours(node, othersThan(node), false)));
    };
    await heal();
    return {
      addressOf: (node) => of(addresses, node),
      within: (node) => ['ip', 'netns', 'exec', of(names, node)],
      async drop(cuts) {
        const senders = [...new Set(cuts.map(({ from }) => from))];
        const tosOf = (sender: Node): readonly Node[] => cuts.flatMap(({ from, to }) => (from === sender ? [to] : []));
        await Promise.all(senders.map((sender) => neighbours(sender, tosOf(sender), true)));
      },
      heal,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A subnet of those that are set aside for measurements (RFC 2544), which no address of this machine uses. */
async function freeSubnet(): Promise<string> {
  const used = await ip(['-o', '-4', 'address', 'show']);
  const candidates = Array.from({ length: SUBNETS }, (_none, index) => `198.18.${String((process.pid + index) % SUBNETS)}`);
  const free = candidates.find((subnet) => !used.includes(` ${subnet}.`));
  if (free === undefined) throw new Error('every subnet of 198.18.0.0/16 is used');
  return free;
}

async function makeBridge(namespace: string, ownAddress: string): Promise<void> {
  const own = `hf${process.pid.toString(36)}`;
  await ip(['netns', 'add', namespace]);
  await ip(
    ['-n', namespace],
    [
      'link add bridge type bridge',
      'link set bridge up',
      `link add port1 type veth peer name ${own} netns ${String(process.pid)}`,
      'link set port1 master bridge up',
    ],
  );
  await ip(['address', 'add', `${ownAddress}/24`, 'dev', own]);
  await ip(['link', 'set', own, 'up']);
}

async function plugIn(namespace: string, bridge: string, index: number, address: string): Promise<void> {
  const port = `port${String(index)}`;
  await ip(['netns', 'add', namespace]);
  await ip(
    ['-n', bridge],
    [`link add ${port} type veth peer name eth0 address ${hardwareOf(index)} netns ${namespace}`, `link set ${port} master bridge up`],
  );
  await ip(['-n', namespace], ['link set lo up', `address add ${address}/24 dev eth0`, 'link set eth0 up']);
}

/** Removes what runs left that were killed: their namespaces name a process that has ended. */
export async function removeLeftNamespaces(): Promise<readonly string[]> {
  const listed = (await ip(['netns', 'list'])).split('\n').map((line) => line.split(' ')[0] ?? '');
  const left = listed.filter((name) => {
    const pid = /^holdfast-(\d+)-/.exec(name)?.[1];
    return pid !== undefined && !isAlive(Number(pid));
  });
  await removeNamespaces(left);
  return left;
}
