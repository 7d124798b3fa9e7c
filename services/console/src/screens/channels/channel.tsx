import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMay } from '../../app/signed-in.js';
import layout from '../../ui/layout.module.css';
import { NoPermission } from '../../ui/states.js';
import { useWords } from '../../words/words.js';
import { Health } from './health.js';
import { channelQuery } from './channel-query.js';

const route = getRouteApi('/channels/$channelId');
const TABS = [
  ['/channels/$channelId', 'channels.settings'],
  ['/channels/$channelId/discovery', 'channels.discovery'],
  ['/channels/$channelId/mappings', 'channels.mappings'],
] as const;

/** The head of a channel: its health, and the ways to look at it. */
export function ChannelPage(): ReactNode {
  const { say } = useWords();
  const { channelId } = route.useParams();
  const may = useMay('channels.read');
  const { data } = useQuery({ ...channelQuery(channelId), enabled: may });
  return (
    <div className={layout['page']}>
      <div className={layout['title']}>
        <h1>{data?.name ?? channelId}</h1>
        <code translate="no">{channelId}</code>
        {data === undefined ? null : <Health channel={data} />}
      </div>
      <nav className={layout['tabs']} aria-label={say('channels.views')}>
        {TABS.map(([to, word]) => (
          <Link key={to} to={to} params={{ channelId }} activeOptions={{ exact: true, includeSearch: false }} className={layout['tab']}>
            {say(word)}
          </Link>
        ))}
        <Link to="/drift" search={{ channel: channelId }} className={layout['tab']}>
          {say('menu.drift')}
        </Link>
        <Link to="/history" search={{ channel: channelId }} className={layout['tab']}>
          {say('history.title')}
        </Link>
      </nav>
      {may ? <Outlet /> : <NoPermission permission="channels.read" />}
    </div>
  );
}
