import { Copy } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Select } from '../../ui/controls.js';
import { CopyButton } from '../../ui/copy-button.js';
import layout from '../../ui/layout.module.css';
import { useWords } from '../../words/words.js';
import { snippetOf, TASKS, TOOLS, type Subject, type Task, type Tool } from './snippets.js';

/** A call to copy: what it does and with what it is made are chosen. */
export function Snippets({ subject }: { readonly subject: Subject }): ReactNode {
  const { say } = useWords();
  const [task, setTask] = useState<Task>('read');
  const [tool, setTool] = useState<Tool>('curl');
  const text = snippetOf(tool, task, subject);
  return (
    <section className={layout['card']} aria-label={say('developers.calls')}>
      <h2>{say('developers.calls')}</h2>
      <div className={layout['tools']}>
        <Select
          label={say('developers.task')}
          value={task}
          options={TASKS.map((value) => ({ value, text: say(`developers.task.${value}`) }))}
          onChange={(value) => setTask(value as Task)}
        />
        <Select
          label={say('developers.tool')}
          value={tool}
          options={TOOLS.map((value) => ({ value, text: say(`developers.tool.${value}`) }))}
          onChange={(value) => setTool(value as Tool)}
        />
        <CopyButton isDisabled={text === undefined} text={() => text ?? ''}>
          <Copy size={16} aria-hidden="true" />
          {say('developers.copy')}
        </CopyButton>
      </div>
      {text === undefined ? (
        <p>{say('developers.notByThis')}</p>
      ) : (
        <pre className={layout['code']} tabIndex={0} translate="no">
          {text}
        </pre>
      )}
    </section>
  );
}
