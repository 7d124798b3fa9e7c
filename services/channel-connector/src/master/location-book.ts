/** A tenant's locations, as its event stream says. */
export abstract class LocationBook {
  abstract knows(tenant: string, locationId: string): Promise<boolean>;
}
