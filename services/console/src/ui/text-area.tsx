import { FieldError } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea';
import { TextField, type TextFieldProps } from 'react-aria-components/TextField';
import type { ReactNode } from 'react';
import controls from './controls.module.css';
import { takeFaultAway } from './mended.js';
import styles from './text-area.module.css';

export interface TextAreaProps extends Omit<TextFieldProps, 'className' | 'style' | 'children'> {
  readonly label: string;
  readonly hint?: string;
  readonly rows?: number;
}

/** Several lines of text as they are typed: JSON, lists. */
export const TextArea = ({ label, hint, rows = 6, ...rest }: TextAreaProps): ReactNode => (
  <TextField {...rest} className={controls['field'] ?? ''}>
    <Label className={controls['label'] ?? ''}>{label}</Label>
    <AriaTextArea className={styles['area'] ?? ''} rows={rows} spellCheck={false} onInput={takeFaultAway} />
    {hint === undefined ? null : (
      <Text slot="description" className={controls['hint'] ?? ''}>
        {hint}
      </Text>
    )}
    <FieldError className={controls['fault'] ?? ''} />
  </TextField>
);
