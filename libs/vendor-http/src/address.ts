import { BlockList, isIP } from 'node:net';

/** Private addresses: a URL given by a caller must not reach them unless the operator allows it. */
const inside4 = new BlockList();
/** A list of its own: Node looks IPv4 addresses up in IPv6 nets too, as mapped ones. */
const inside6 = new BlockList();

const IPV4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Among them those that carry an IPv4 address inside (mapped, NAT64, 6to4, Teredo): they would lead around the list above. */
const IPV6: readonly (readonly [string, number])[] = [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['::ffff:0:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

for (const [net, prefix] of IPV4) inside4.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of IPV6) inside6.addSubnet(net, prefix, 'ipv6');

/** Whether the address is reachable from the internet. Anything that is no IP address is not public. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  if (family === 4) return !inside4.check(address, 'ipv4');
  return !inside6.check(address, 'ipv6');
}
