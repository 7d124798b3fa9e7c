import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A session of the console as stored: the hash of its id, never the id. */
@Entity({ name: 'sessions' })
export class Session {
  /** SHA-256, hex. An id is 32 random bytes, so nothing slower is needed. */
  @PrimaryColumn({ type: 'text' })
  hash!: string;

  @Column({ type: 'text' })
  tenant!: string;

  @Column({ type: 'text' })
  subject!: string;

  /** Hash of the key that opened it, whose rights it has and with which it ends; null where a token opened it. */
  @Column({ name: 'key_hash', type: 'text', nullable: true })
  keyHash!: string | null;

  /** What the token granted; empty where a key opened it. */
  @Column({ type: 'text', array: true })
  permissions!: string[];

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  /** Within a minute. */
  @Column({ name: 'seen_at', type: 'timestamptz' })
  seenAt!: Date;

  /** However busy it is, it ends then. */
  @Column({ name: 'ends_at', type: 'timestamptz' })
  endsAt!: Date;
}
