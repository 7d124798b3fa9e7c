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

  /** Of the IANA database; null for that of the main location, else UTC. */
  @Column('text', { name: 'time_zone', nullable: true })
  timeZone!: string | null;

  /** Nothing of it may leave. */
  @Column('boolean')
  blocked!: boolean;

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
