import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { FieldError } from 'react-aria-components/FieldError';
import { Heading } from 'react-aria-components/Heading';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Text } from 'react-aria-components/Text';
import { TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps } from 'react-aria-components/TextField';
import { useId, type ReactNode } from 'react';
import styles from './controls.module.css';
import { takeFaultAway } from './mended.js';

export { Form } from 'react-aria-components/Form';
export { I18nProvider } from 'react-aria-components/I18nProvider';

const joined = (...names: readonly (string | undefined | false)[]): string => names.filter((name) => typeof name === 'string').join(' ');

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style'> {
  readonly look?: 'primary' | 'quiet';
}

export const Button = ({ look, ...rest }: ButtonProps): ReactNode => (
  <AriaButton {...rest} className={joined(styles['button'], look !== undefined && styles[look])} />
);

/** Class names of a link that looks like a button. */
export const buttonLook = (look?: ButtonProps['look']): string => joined(styles['button'], look !== undefined && styles[look]);

export interface TextFieldProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children'> {
  readonly label: string;
  readonly hint?: string;
  /** For times, dates and figures: the kinds that browsers know. */
  readonly kind?: 'text' | 'search' | 'password' | 'number' | 'date' | 'datetime-local';
  readonly step?: number | undefined;
}

export const TextField = ({ label, hint, kind = 'text', step, ...rest }: TextFieldProps): ReactNode => (
  <AriaTextField {...rest} className={styles['field'] ?? ''}>
    <Label className={styles['label'] ?? ''}>{label}</Label>
    <Input
      className={styles['input'] ?? ''}
      type={kind}
      spellCheck={false}
      onInput={takeFaultAway}
      {...(step === undefined ? {} : { step })}
    />
    {hint === undefined ? null : (
      <Text slot="description" className={styles['hint'] ?? ''}>
        {hint}
      </Text>
    )}
    <FieldError className={styles['fault'] ?? ''} />
  </AriaTextField>
);

export interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  onChange(value: string): void;
  readonly name?: string;
  /** For a choice in a table, whose head says what it is. */
  readonly isLabelHidden?: boolean;
}

/** The browser's own list: it works with every keyboard, screen reader and phone. */
export function Select({ label, value, options, onChange, name, isLabelHidden = false }: SelectProps): ReactNode {
  const id = useId();
  return (
    <div className={styles['field']}>
      {isLabelHidden ? null : (
        <label className={styles['label']} htmlFor={id}>
          {label}
        </label>
      )}
      <select
        id={id}
        name={name}
        className={styles['select']}
        value={value}
        aria-label={isLabelHidden ? label : undefined}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  );
}

export interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Missing: it cannot be closed without an answer. */
  readonly onClose?: () => void;
}

export const Dialog = ({ title, children, onClose }: DialogProps): ReactNode => (
  <ModalOverlay
    isOpen
    className={styles['backdrop'] ?? ''}
    isDismissable={onClose !== undefined}
    isKeyboardDismissDisabled={onClose === undefined}
    onOpenChange={(open) => {
      if (!open) onClose?.();
    }}
  >
    <Modal className={styles['modal'] ?? ''}>
      <AriaDialog className={styles['dialog'] ?? ''}>
        <Heading slot="title" level={2}>
          {title}
        </Heading>
        {children}
      </AriaDialog>
    </Modal>
  </ModalOverlay>
);
