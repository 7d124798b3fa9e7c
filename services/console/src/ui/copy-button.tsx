import { useState, type ReactNode } from 'react';
import { useWords } from '../words/words.js';
import { Button } from './controls.js';
import { copyText } from './copy-text.js';

interface CopyButtonProps {
  readonly look?: 'quiet';
  readonly isDisabled?: boolean;
  /** Asked when it is pressed. */
  text(): string;
  readonly children: ReactNode;
}

/** Copies a text and says whether the browser did. */
export function CopyButton({ look, isDisabled = false, text, children }: CopyButtonProps): ReactNode {
  const { say } = useWords();
  const [done, setDone] = useState<{ readonly text: string; readonly isCopied: boolean }>();
  const copy = async (): Promise<void> => {
    const copied = text();
    setDone({ text: copied, isCopied: await copyText(copied) });
  };
  return (
    <>
      <Button {...(look === undefined ? {} : { look })} isDisabled={isDisabled} onPress={() => void copy()}>
        {children}
      </Button>
      {done === undefined || done.text !== text() ? null : (
        <span role="status">{done.isCopied ? `✓ ${say('keys.copied')}` : `✗ ${say('copy.failed')}`}</span>
      )}
    </>
  );
}
