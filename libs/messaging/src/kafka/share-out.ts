import kafkajs, { type PartitionAssigner } from 'kafkajs';

const { AssignerProtocol } = kafkajs;

const NAME = 'HoldfastShares';
const VERSION = 1;

export interface SharingMember {
  readonly id: string;
  readonly topics: readonly string[];
}

export type Shares = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

/** Shares each topic's partitions among the members that read it, begun at another member for each topic, so that small topics spread. */
export function shareOut(members: readonly SharingMember[], partitionsOf: ReadonlyMap<string, readonly number[]>): Shares {
  const shares: Record<string, Record<string, number[]>> = Object.fromEntries(members.map((member) => [member.id, {}]));
  const topics = [...partitionsOf.keys()].sort();
  for (const [start, topic] of topics.entries()) {
    const readers = members.filter((member) => member.topics.includes(topic)).sort((one, other) => (one.id < other.id ? -1 : 1));
    for (const partition of partitionsOf.get(topic) ?? []) {
      const share = shares[readers[(start + partition) % readers.length]?.id ?? ''];
      if (share) (share[topic] ??= []).push(partition);
    }
  }
  return shares;
}

/** The client's own assigner gives every member partitions of the leader's topics, whether or not the member reads them. */
export const shareAssigner: PartitionAssigner = ({ cluster }) => ({
  name: NAME,
  version: VERSION,
  protocol: ({ topics }) => ({
    name: NAME,
    metadata: AssignerProtocol.MemberMetadata.encode({ version: VERSION, topics, userData: Buffer.alloc(0) }),
  }),
  async assign({ members }) {
    const sharing = members.map(({ memberId, memberMetadata }) => ({
      id: memberId,
      topics: AssignerProtocol.MemberMetadata.decode(memberMetadata)?.topics ?? [],
    }));
    const topics = new Set(sharing.flatMap((member) => member.topics));
    for (const topic of topics) await cluster.addTargetTopic(topic);
    const partitionsOf = new Map(
      [...topics].map((topic) => [topic, cluster.findTopicPartitionMetadata(topic).map((found) => found.partitionId)]),
    );
    return Object.entries(shareOut(sharing, partitionsOf)).map(([memberId, share]) => ({
      memberId,
      memberAssignment: AssignerProtocol.MemberAssignment.encode({
        version: VERSION,
        assignment: mutable(share),
        userData: Buffer.alloc(0),
      }),
    }));
  },
});

const mutable = (share: Readonly<Record<string, readonly number[]>>): Record<string, number[]> =>
  Object.fromEntries(Object.entries(share).map(([topic, partitions]) => [topic, [...partitions]]));
