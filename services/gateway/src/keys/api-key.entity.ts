import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A key as stored: its hash, never itself. */
@Entity({ name: 'api_keys' })
export class ApiKey {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ type: 'text' })
  tenant!: string;

  @Column({ type: 'text' })
  name!: string;

  /** SHA-256, hex. A key is 32 random bytes, so nothing slower is needed. */
  @Column({ type: 'text' })
  hash!: string;

  @Column({ type: 'text', array: true })
  roles!: string[];

  @Column({ type: 'text', array: true })
  permissions!: string[];

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'created_by', type: 'text' })
  createdBy!: string;

  /** The person behind the key: its maker, or of a key that a key made, the maker of that one. Null: the key is its own. */
  @Column({ type: 'text', nullable: true })
  person!: string | null;

  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt!: Date | null;

  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  revokedAt!: Date | null;
}
