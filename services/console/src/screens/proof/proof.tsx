import { getRouteApi } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Button, Form, TextField } from '../../ui/controls.js';
import layout from '../../ui/layout.module.css';
import { useWords } from '../../words/words.js';
import { CertificateCheck } from './certificate-check.js';
import { Fairness } from './fairness.js';

const route = getRouteApi('/proof');

/** What can be checked without believing Holdfast: that nothing of a SKU was oversold, and who was served when. */
export function Proof(): ReactNode {
  const { say } = useWords();
  const { sku } = route.useSearch();
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState(sku ?? '');
  return (
    <div className={layout['page']}>
      <h1>{say('proof.title')}</h1>
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          void navigate({ search: typed.trim() === '' ? {} : { sku: typed.trim() } });
        }}
      >
        <div className={layout['tools']}>
          <TextField label={say('mappings.sku')} name="sku" value={typed} onChange={setTyped} />
          <Button type="submit" look="primary">
            {say('proof.check')}
          </Button>
        </div>
      </Form>
      {sku === undefined ? <p>{say('proof.chooseSku')}</p> : null}
      {sku === undefined ? null : <CertificateCheck key={sku} sku={sku} />}
      {sku === undefined ? null : <Fairness key={`fairness ${sku}`} sku={sku} />}
    </div>
  );
}
