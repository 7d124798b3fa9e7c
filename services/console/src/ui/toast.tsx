import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../words/words.js';
import { Button } from './controls.js';
import styles from './toast.module.css';

export interface ToastProps {
  readonly text: ReactNode;
  readonly children?: ReactNode;
  onClose(): void;
}

/** What was done last, with what can be done about it. It stays until it is closed: nobody has to be quick. */
export function Toast({ text, children, onClose }: ToastProps): ReactNode {
  const { say } = useWords();
  return (
    <div className={styles['toast']}>
      <span role="status" className={styles['text']}>
        {text}
      </span>
      {children}
      <Button look="quiet" aria-label={say('undo.close')} onPress={onClose}>
        <X size={16} aria-hidden="true" />
      </Button>
    </div>
  );
}
