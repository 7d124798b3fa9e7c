import { ValidateBy } from 'class-validator';
import { isTimeZone } from '@holdfast/kit';
import { property, type PropertyOptions } from './property.js';

/** A time zone of the IANA database. */
export function IsTimeZone(options: PropertyOptions = {}): PropertyDecorator {
  const check = ValidateBy({
    name: 'isTimeZone',
    validator: {
      validate: (value) => typeof value === 'string' && isTimeZone(value),
      defaultMessage: () => 'must be a time zone of the IANA database, e.g. Europe/Berlin',
    },
  });
  return property({ type: String, maxLength: 100 }, { example: 'Europe/Berlin', ...options }, [check]);
}
