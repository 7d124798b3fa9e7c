import { useState, type ReactNode } from 'react';

interface UnfoldedProps {
  readonly summary: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A part that is made when somebody unfolds it: nothing of it is found, read out or counted before. */
export function Unfolded({ summary, className, children }: UnfoldedProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={className} open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{summary}</summary>
      {isOpen ? children : null}
    </details>
  );
}
