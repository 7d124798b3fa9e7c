import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'locations' })
export class LocationEntity {
  @PrimaryColumn('text')
  tenant!: string;

  @PrimaryColumn('text', { name: 'location_id' })
  locationId!: string;

  @Column('text')
  name!: string;

  @Column('text')
  kind!: string;

  @Column('integer')
  priority!: number;

  /** False for a location that only stock events have named. */
  @Column('boolean')
  registered!: boolean;

  /** Degrees, north positive. */
  @Column('double precision', { nullable: true })
  latitude!: number | null;

  /** Degrees, east positive. */
  @Column('double precision', { nullable: true })
  longitude!: number | null;

  @Column('text', { nullable: true })
  country!: string | null;

  @Column('text', { name: 'postal_code', nullable: true })
  postalCode!: string | null;

  @Column('text', { nullable: true })
  region!: string | null;

  @Column('bigint')
  position!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
