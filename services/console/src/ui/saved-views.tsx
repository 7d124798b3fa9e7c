import { useLocation, useRouter } from '@tanstack/react-router';
import { Bookmark, Link2, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { keepViews, keptViews } from '../app/preferences.js';
import { viewsAt, viewsOf, withoutView, withView, type SavedView } from '../app/saved-views.js';
import { useSession } from '../app/signed-in.js';
import { useWords } from '../words/words.js';
import { CopyButton } from './copy-button.js';
import { Button, Dialog, Form, Select, TextField } from './controls.js';
import layout from './layout.module.css';

function SaveView({ onSave, onClose }: { onSave(name: string): void; onClose(): void }): ReactNode {
  const { say } = useWords();
  const [name, setName] = useState('');
  return (
    <Dialog title={say('views.save')} onClose={onClose}>
      <Form
        className={layout['form'] ?? ''}
        onSubmit={(event) => {
          event.preventDefault();
          onSave(name.trim());
        }}
      >
        <p>{say('views.saveText')}</p>
        <TextField label={say('views.name')} name="name" maxLength={60} value={name} onChange={setName} isRequired autoFocus />
        <div className={layout['tools']}>
          <Button type="submit" look="primary" isDisabled={name.trim() === ''}>
            {say('actions.save')}
          </Button>
          <Button onPress={onClose}>{say('actions.cancel')}</Button>
        </div>
      </Form>
    </Dialog>
  );
}

/** Views of this screen that somebody named: filters, columns and order. Those of another key or tenant are others. */
export function SavedViews(): ReactNode {
  const { say } = useWords();
  const { tenant, subject } = useSession();
  const { history } = useRouter();
  const { pathname: path, searchStr: query } = useLocation();
  const owner = `${tenant}.${subject}`;
  const [views, setViews] = useState(() => viewsOf(keptViews(owner)));
  const [isSaving, setSaving] = useState(false);
  const here = viewsAt(views, path);
  const chosen = here.find((view) => view.query === query);
  // What is kept is read anew for each change: another tab may have kept some meanwhile.
  const keep = (next: readonly SavedView[]): void => {
    setViews(next);
    keepViews(owner, JSON.stringify(next));
  };
  const open = (name: string): void => {
    const view = here.find((each) => each.name === name);
    history.push(`/app${path}${view?.query ?? ''}`);
  };
  return (
    <div className={layout['views']}>
      {here.length === 0 ? null : (
        <Select
          label={say('views.title')}
          value={chosen?.name ?? ''}
          options={[{ value: '', text: say('views.none') }, ...here.map(({ name }) => ({ value: name, text: name }))]}
          onChange={open}
        />
      )}
      <Button look="quiet" onPress={() => setSaving(true)}>
        <Bookmark size={16} aria-hidden="true" />
        {say('views.save')}
      </Button>
      {chosen === undefined ? null : (
        <Button look="quiet" onPress={() => keep(withoutView(viewsOf(keptViews(owner)), chosen))}>
          <Trash2 size={16} aria-hidden="true" />
          {say('views.remove')}
        </Button>
      )}
      <CopyButton look="quiet" text={() => window.location.href}>
        <Link2 size={16} aria-hidden="true" />
        {say('views.link')}
      </CopyButton>
      {isSaving ? (
        <SaveView
          onClose={() => setSaving(false)}
          onSave={(name) => {
            keep(withView(viewsOf(keptViews(owner)), { name, path, query }));
            setSaving(false);
          }}
        />
      ) : null}
    </div>
  );
}
