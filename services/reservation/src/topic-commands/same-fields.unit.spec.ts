import { messageDataSchemas } from '@holdfast/contracts';
import { CommitRequest, DestinationRequest, ExtendRequest, LineRequest, ReleaseRequest, ReserveRequest } from '../http/reservation.dto.js';

/** Names of the fields that a request body documents, and with that checks. */
function fieldsOf(request: new () => object): readonly string[] {
  const named: unknown = Reflect.getMetadata('swagger/apiModelPropertiesArray', request.prototype as object);
  if (!Array.isArray(named)) throw new Error(`${request.name} documents nothing`);
  return named.map((name) => String(name).replace(/^:/, '')).sort();
}

const {
  'holdfast.reservation.reserve.v1': reserve,
  'holdfast.reservation.commit.v1': commit,
  'holdfast.reservation.release.v1': release,
  'holdfast.reservation.extend.v1': extend,
} = messageDataSchemas;
const within = (field: unknown): readonly string[] => {
  const schema = field as { readonly items?: { readonly properties: object }; readonly properties?: object };
  return Object.keys(schema.items?.properties ?? schema.properties ?? {}).sort();
};
const named = ({ properties }: { readonly properties: object }): readonly string[] =>
  Object.keys(properties)
    .filter((name) => name !== 'reservationId')
    .sort();

describe('HTTP and the topic', () => {
  it('ask for the same fields', () => {
    expect(named(reserve)).toEqual(fieldsOf(ReserveRequest));
    expect(within(reserve.properties['items'])).toEqual(fieldsOf(LineRequest));
    expect(within(reserve.properties['destination'])).toEqual(fieldsOf(DestinationRequest));
    expect(named(commit)).toEqual(fieldsOf(CommitRequest));
    expect(named(release)).toEqual(fieldsOf(ReleaseRequest));
    expect(named(extend)).toEqual(fieldsOf(ExtendRequest));
  });
});
