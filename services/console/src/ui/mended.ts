import type { FormEvent } from 'react';

/**
 * Takes a fault away as soon as its field is mended. React Aria does so when the field is left, which is while the button of the form is
 * being pressed: the fault's line vanishes, the button moves up from under the pointer, and the press is lost.
 */
export function takeFaultAway({ currentTarget }: FormEvent<HTMLInputElement | HTMLTextAreaElement>): void {
  // It listens to this event on the field itself; nobody else needs to hear of it.
  if (currentTarget.getAttribute('aria-invalid') === 'true') currentTarget.dispatchEvent(new Event('change'));
}
