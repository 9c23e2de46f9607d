import { IconAlertTriangle, IconCheck, IconCloudUp, IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useSpace } from '@/api/SpaceContext';
import { FilesField } from '@/features/evidence/uploads/FilesField';
import type { Item, UploadQueue } from '@/features/evidence/uploads/queue';
import { unfinished, type Unfinished } from '@/features/evidence/uploads/unfinished';
import { useUploads } from '@/features/evidence/uploads/useUploads';
import { formatBytes, formatMoment } from '@/text/format';
import { t } from '@/text/text';
import { IconButton, LinkButton } from '@/ui/Button';
import { problemText } from '@/ui/States';
import styles from '@/features/evidence/evidence.module.css';

function words({ state, sent, bytes, problem }: Item): string {
  const amounts = { done: formatBytes(sent), all: formatBytes(bytes) };
  switch (state) {
    case 'queued': return t('upload.queued');
    case 'sending': return sent === bytes && bytes > 0 ? t('upload.sealing') : t('upload.sending', amounts);
    case 'waiting': return t('upload.waiting', amounts);
    case 'paused': return t('upload.paused', amounts);
    case 'signedOut': return t('upload.signedOut', amounts);
    case 'refused': return t('upload.refused', { reason: problemText(problem) });
    case 'done': return t('upload.done', { size: formatBytes(bytes) });
    default: return state satisfies never;
  }
}

function Buttons({ item: { id, name, state }, queue }: { readonly item: Item; readonly queue: UploadQueue }): ReactNode {
  const going = state === 'queued' || state === 'sending' || state === 'waiting';
  const over = state === 'done';
  return (
    <span className={styles['buttons']}>
      {going && <IconButton small label={t('upload.pause', { name })} icon={<IconPlayerPause size={16} aria-hidden />} onClick={() => queue.pause(id)} />}
      {!going && !over && <IconButton small label={t(state === 'refused' ? 'upload.again' : 'upload.goOn', { name })} icon={<IconPlayerPlay size={16} aria-hidden className="mirrored" />} onClick={() => queue.goOn(id)} />}
      <IconButton small label={over ? t('upload.clear', { name }) : t('upload.end', { name })} icon={<IconX size={16} aria-hidden />} onClick={() => (over ? queue.drop(id) : queue.end(id))} />
    </span>
  );
}

function Line({ item, queue }: { readonly item: Item; readonly queue: UploadQueue }): ReactNode {
  const { id } = useSpace();
  const { state, exhibit, sent, bytes } = item;
  const said = words(item);
  const bad = state === 'refused';
  const icon = bad ? <IconAlertTriangle size={16} aria-hidden /> : state === 'done' ? <IconCheck size={16} aria-hidden /> : <IconCloudUp size={16} aria-hidden />;
  return (
    <li className={styles['upload']} data-state={state}>
      {icon}
      <div>
        {exhibit ? <Link to={`/s/${id}/evidence/${exhibit}`}><bdi>{item.name}</bdi></Link> : <bdi className={styles['fileName']}>{item.name}</bdi>}
        <p className={styles['xs']} {...(bad ? { role: 'alert' } : {})}>{said}</p>
        {state !== 'done' && !bad && <progress className={styles['progress']} value={sent} max={Math.max(1, bytes)} aria-label={`${item.name}: ${said}`} />}
      </div>
      <Buttons item={item} queue={queue} />
    </li>
  );
}

function Left({ of, queue }: { readonly of: readonly Unfinished[]; readonly queue: UploadQueue }): ReactNode {
  const [other, setOther] = useState<string | null>(null);
  const choose = async (files: readonly File[]): Promise<void> => {
    const strange: string[] = [];
    for (const file of files) if (!await queue.resume(file, of)) strange.push(file.name);
    setOther(strange[0] ?? null);
  };
  return (
    <div className={styles['left']}>
      <p>{t('upload.unfinished', { count: of.length })}</p>
      <ul>
        {of.map(({ address, bytes, at }) => (
          <li key={address}>
            <span>{t('upload.begun', { size: formatBytes(bytes), at: formatMoment(at) })}</span>
            <LinkButton onClick={() => queue.forget(address)}>{t('upload.giveUp', { size: formatBytes(bytes) })}</LinkButton>
          </li>
        ))}
      </ul>
      <FilesField label={t('upload.chooseAgain')} hint={t('upload.chooseAgainHint')} onChange={(files) => void choose(files)} />
      {other !== null && <p role="alert" className={styles['danger']}>{t('upload.otherFile', { name: other })}</p>}
    </div>
  );
}

/** What this person sends, how far each file is, and what was begun before and is not whole. */
export function UploadTray(): ReactNode {
  const { queue, items } = useUploads();
  const here = queue.addresses;
  const left = unfinished(queue.owner).filter(({ address }) => !here.has(address));
  if (items.length === 0 && left.length === 0) return null;
  const over = items.filter(({ state }) => state === 'done');
  return (
    <section className={styles['tray']} aria-label={t('upload.tray')}>
      {items.length > 0 && (
        <div className={styles['trayHead']}>
          <h2>{t('upload.progress', { done: over.length, all: items.length })}</h2>
          {over.length > 0 && <LinkButton onClick={() => over.forEach(({ id }) => queue.drop(id))}>{t('upload.clearAll')}</LinkButton>}
        </div>
      )}
      <ul>{items.map((item) => <Line key={item.id} item={item} queue={queue} />)}</ul>
      {left.length > 0 && <Left of={left} queue={queue} />}
    </section>
  );
}
