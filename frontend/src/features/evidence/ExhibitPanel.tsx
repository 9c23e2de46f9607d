import { IconAlertTriangle, IconDots, IconLink, IconLinkOff, IconShieldCheck } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useAsk } from '@/api/hooks';
import { useMe } from '@/api/session';
import { useRight, useSpace } from '@/api/SpaceContext';
import { CitedTab } from '@/features/evidence/cited/CitedTab';
import { CopyButton } from '@/features/evidence/CopyButton';
import { CopyFile } from '@/features/evidence/CopyFile';
import { ChallengesTab } from '@/features/evidence/court/ChallengesTab';
import { ConsentTab } from '@/features/evidence/court/ConsentTab';
import { CourtStanding } from '@/features/evidence/court/CourtStanding';
import { ChallengesDocument, ConsentsDocument } from '@/features/evidence/court/queries';
import { HandOverDialog, ReceiptDialog, RecordCustodyDialog } from '@/features/evidence/custody/CustodyDialogs';
import { CustodyTab } from '@/features/evidence/custody/CustodyTab';
import { openTransfer, shortHash } from '@/features/evidence/custody/timeline';
import { DetailsTab } from '@/features/evidence/DetailsTab';
import { ExhibitIcon } from '@/features/evidence/ExhibitIcon';
import { EditExhibitDialog } from '@/features/evidence/EditExhibitDialog';
import { MarkExhibitDialog, ReleaseExhibitDialog } from '@/features/evidence/MarkingDialogs';
import { CustodyDocument, type CustodyEvent, type ExhibitInfo } from '@/features/evidence/queries';
import { UploadDialog } from '@/features/evidence/uploads/UploadDialog';
import { useTouch } from '@/live/hooks';
import { formatBytes, formatMoment, languageName, listed } from '@/text/format';
import { t } from '@/text/text';
import { CountryCode, GradeCode, HandlingCode, MarkingPill } from '@/ui/Badges';
import { Button, IconButton } from '@/ui/Button';
import { ChangeLine, useEdge } from '@/ui/ChangeLine';
import { Menu, MenuItem } from '@/ui/Menu';
import { Answer } from '@/ui/States';
import { tabPanel, Tabs } from '@/ui/Tabs';
import styles from '@/features/evidence/panel.module.css';

type Opened = 'mark' | 'release' | 'edit' | 'handOver' | 'receipt' | 'record' | 'derive' | null;
type Tab = 'custody' | 'cited' | 'challenges' | 'consent' | 'details';
const tabs: readonly Tab[] = ['custody', 'cited', 'challenges', 'consent', 'details'];
interface Properties {
  readonly of: ExhibitInfo;
}

/** "Translation, Document, 1.2 MB, Italian" */
function what({ kind, derivation, file, details }: ExhibitInfo): string {
  return listed([derivation && derivation !== 'OTHER' ? t(`derivation.${derivation}`) : '', t(`exhibitKind.${kind}`), file ? formatBytes(Number(file.bytes)) : t('exhibit.physical'), details.language && languageName(details.language)].filter(Boolean));
}

function HashLine({ of, whole, entries }: Properties & { readonly whole: boolean; readonly entries: number }): ReactNode {
  return (
    <p className={styles['hashes']}>
      {of.file && <span className={styles['hash']}><IconShieldCheck size={14} aria-hidden />SHA-256 <bdi dir="ltr" className={styles['mono']}>{shortHash(of.file.sha256)}</bdi><CopyButton text={of.file.sha256} label={t('exhibit.copyHash')} /></span>}
      <span className={whole ? styles['whole'] : styles['broken']}>
        {whole ? <IconLink size={14} aria-hidden /> : <IconLinkOff size={14} aria-hidden />}{t('custody.entries', { count: entries })} {t(whole ? 'custody.whole' : 'custody.broken')}
      </span>
    </p>
  );
}

/** A transfer that waits for somebody: prominent where it is for the reader's own authority. */
function Waiting({ transfer, onConfirm }: { readonly transfer: CustodyEvent; readonly onConfirm: (() => void) | null }): ReactNode {
  const { name = '', country = '' } = transfer.to ?? {};
  return (
    <div className={styles['waiting']}>
      <p>{onConfirm ? t('custody.forUs', { name: transfer.from?.name ?? '' }) : t('custody.waitsFor', { name, country })}</p>
      {onConfirm && <Button look="primary" onClick={onConfirm}>{t('custody.confirm')}</Button>}
    </div>
  );
}

/** What one may do with it. Where its hash differs, what rests on it waits, and the head says why. */
function Actions({ of, open, onOpen }: Properties & { readonly open: CustodyEvent | null; readonly onOpen: (opened: Opened) => void }): ReactNode {
  const writes = useRight('WRITE_CONTENT');
  const sound = !of.integrityAlert;
  const derives = writes && of.case !== null;
  const marks = useRight('MARK');
  const me = useMe();
  const releases = useRight('RELEASE') && of.authority.id === me.agency.id && of.markings.length > 0;
  return (
    <div className={styles['actions']}>
      <CopyFile of={of} />
      {of.mayHandOn && !open && <Button disabled={!sound} onClick={() => onOpen('handOver')}>{t('custody.handOverOpen')}</Button>}
      {(of.mayWrite || of.mayHandOn || derives || marks || releases) && (
        <Menu align="end" trigger={<IconButton look="plain" label={t('exhibit.more', { number: of.number })} icon={<IconDots size={16} aria-hidden />} />}>
          {of.mayWrite && <MenuItem onSelect={() => onOpen('edit')}>{t('exhibit.editOpen')}</MenuItem>}
          {of.mayHandOn && <MenuItem onSelect={() => onOpen('record')}>{t('custody.recordOpen')}</MenuItem>}
          {derives && <MenuItem disabled={!sound} onSelect={() => onOpen('derive')}>{t('exhibit.derive')}</MenuItem>}
          {marks && <MenuItem onSelect={() => onOpen('mark')}>{t('exhibit.markOpen')}</MenuItem>}
          {releases && <MenuItem onSelect={() => onOpen('release')}>{t('exhibit.releaseOpen')}</MenuItem>}
        </Menu>
      )}
    </div>
  );
}

function Head({ of, custody, open, onOpen }: Properties & {
  readonly custody: { readonly whole: boolean; readonly events: readonly CustodyEvent[] } | undefined; readonly open: CustodyEvent | null; readonly onOpen: (opened: Opened) => void;
}): ReactNode {
  const me = useMe();
  const writes = useRight('WRITE_CONTENT');
  const touch = useTouch(of.id);
  const edge = useEdge(touch);
  const ours = open?.to?.id === me.agency.id && writes;
  return (
    <header className={`${styles['head'] ?? ''} ${edge.className}`} style={edge.style}>
      {of.integrityAlert && <p className={styles['alert']} role="alert"><IconAlertTriangle size={18} aria-hidden /><span><strong>{t('exhibit.alertTitle')}</strong> {t('exhibit.alert', { at: formatMoment(of.integrityAlert) })}</span></p>}
      <p className={styles['codes']}>
        <bdi className={styles['number']} dir="ltr">{of.number}</bdi><GradeCode grade={of.grade} /><HandlingCode code={of.handling} /><CountryCode code={of.authority.country} />
      </p>
      <h2><bdi>{of.title}</bdi></h2>
      <p className={styles['second']}><ExhibitIcon kind={of.kind} derivation={of.derivation} /> {what(of)}</p>
      {of.excludedIn.length + of.challengedIn.length > 0 && <p className={styles['standing']}><CourtStanding of={of} /></p>}
      {custody && <HashLine of={of} whole={custody.whole} entries={custody.events.length} />}
      {of.markings.length > 0 && <p className={styles['pills']}>{of.markings.map(({ id, name }) => <MarkingPill key={id} name={name} />)}</p>}
      {touch && <ChangeLine change={touch} />}
      {open && <Waiting transfer={open} onConfirm={ours ? () => onOpen('receipt') : null} />}
      <Actions of={of} open={open} onOpen={onOpen} />
    </header>
  );
}

function Dialogs({ of, open, opened, onClose }: Properties & { readonly open: CustodyEvent | null; readonly opened: Opened; readonly onClose: () => void }): ReactNode {
  switch (opened) {
    case 'edit': return <EditExhibitDialog of={of} onClose={onClose} />;
    case 'handOver': return <HandOverDialog of={of} onClose={onClose} />;
    case 'receipt': return open && <ReceiptDialog of={of} transfer={open} onClose={onClose} />;
    case 'record': return <RecordCustodyDialog of={of} onClose={onClose} />;
    case 'derive': return <UploadDialog files={[]} parent={{ id: of.id, number: of.number, case: of.case?.id ?? '', handling: of.handling }} onClose={onClose} />;
    case 'mark': return <MarkExhibitDialog of={of} onClose={onClose} />;
    case 'release': return <ReleaseExhibitDialog of={of} onClose={onClose} />;
    case null: return null;
    default: return opened satisfies never;
  }
}

/** What is said of an exhibit: what it is, whether it is as it came, every hand it passed through. */
export function ExhibitPanel({ of }: Properties): ReactNode {
  const { id } = useSpace();
  const [chosen, setTab] = useState<Tab>('custody');
  const [opened, setOpened] = useState<Opened>(null);
  const answer = useAsk(CustodyDocument, { space: id, exhibit: of.id }, { space: id });
  const challenges = useAsk(ChallengesDocument, { space: id, exhibit: of.id }, { space: id });
  const consents = useAsk(ConsentsDocument, { space: id, exhibit: of.id }, { space: id });
  const reserved = of.handling !== 'H0' || (consents.data?.consents.courts ?? null) !== null;
  const tab = chosen === 'consent' && !reserved ? 'custody' : chosen;
  const custody = answer.data?.custody;
  const open = openTransfer(custody?.events ?? []);
  const labels: Record<Tab, string> = {
    custody: t('exhibit.tab.custody'), cited: t('exhibit.citedBy', { n: of.cited }),
    challenges: t('challenge.tab', { n: challenges.data?.challenges.length ?? '' }),
    consent: t('consent.tab', { n: consents.data?.consents.given.filter(({ withdrawnAt }) => !withdrawnAt).length ?? '' }), details: t('exhibit.tab.details'),
  };
  return (
    <section className={styles['panel']} aria-label={t('exhibit.panel', { number: of.number })}>
      <Head of={of} custody={custody} open={open} onOpen={setOpened} />
      <div className={styles['tabs']}><Tabs id="exhibit" label={t('exhibit.tabs')} tabs={tabs.filter((each) => each !== 'consent' || reserved).map((each) => ({ id: each, label: labels[each] }))} selected={tab} onSelect={(next) => setTab(tabs.find((each) => each === next) ?? tab)} /></div>
      <div className={styles['body']} {...tabPanel('exhibit', tab)}>
        {tab === 'custody' && <Answer of={answer} rows={5}>{({ custody: { events } }) => <CustodyTab of={of} events={events} />}</Answer>}
        {tab === 'cited' && <CitedTab of={of} />}
        {tab === 'challenges' && <Answer of={challenges} rows={3}>{(data) => <ChallengesTab of={of} challenges={data.challenges} />}</Answer>}
        {tab === 'consent' && <Answer of={consents} rows={3}>{(data) => <ConsentTab of={of} consents={data.consents} />}</Answer>}
        {tab === 'details' && <DetailsTab of={of} onEdit={of.mayWrite ? () => setOpened('edit') : null} />}
      </div>
      <Dialogs of={of} open={open} opened={opened} onClose={() => setOpened(null)} />
    </section>
  );
}
