import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReservationLine, ReservationStatus } from '../fold/rows.js';

@Entity({ name: 'reservations' })
export class ReservationEntity {
  @PrimaryColumn('text')
  tenant!: string;

  @PrimaryColumn('text', { name: 'reservation_id' })
  reservationId!: string;

  @Column('text', { name: 'order_id' })
  orderId!: string;

  @Column('text')
  status!: ReservationStatus;

  @Column('text', { name: 'channel_id', nullable: true })
  channelId!: string | null;

  @Column('text', { name: 'holder_id', nullable: true })
  holderId!: string | null;

  @Column('jsonb')
  lines!: ReservationLine[];

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @Column('bigint')
  position!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
