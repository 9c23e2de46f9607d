import { useRef, type ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useSpace } from '@/api/SpaceContext';
import { formatPlace, pageOf } from '@/features/evidence/locator';
import type { ExhibitInfo } from '@/features/evidence/queries';
import { useExhibit } from '@/features/evidence/useExhibit';
import type { Finding } from '@/features/evidence/useFinding';
import { useVersions } from '@/features/evidence/versions/useVersions';
import { VersionChoice } from '@/features/evidence/versions/VersionChoice';
import { otherOf, type Version } from '@/features/evidence/versions/versions';
import { Viewer } from '@/features/evidence/viewer/Viewer';
import { t } from '@/text/text';
import { BesidePage, usePage } from '@/ui/Page';
import { Answer, NotFound } from '@/ui/States';
import styles from '@/features/evidence/versions/versions.module.css';

interface Properties {
  readonly of: ExhibitInfo;
  readonly finding: Finding;
  /** Whether there is room for two of them. */
  readonly beside: boolean;
}
const both = 'both';

/** Which of them is in view, or both. Another one is an exhibit of its own, opened at the same page, with what is said of it. */
function Choice({ of, versions, finding, beside, together }: Properties & { readonly versions: readonly Version[]; readonly together: boolean }): ReactNode {
  const { id } = useSpace();
  const navigate = useNavigate();
  const { state } = useLocation() as { readonly state: unknown };
  const choose = (value: string): void => {
    if (value === both || value === of.id) {
      finding.set({ both: value === both ? '1' : '' });
      return;
    }
    const to = new URLSearchParams(finding.fragment.slice(1));
    if (finding.place) to.set('at', formatPlace({ page: pageOf(finding.place) }));
    void navigate({ pathname: `/s/${id}/evidence/${value}`, hash: to.toString() }, { state: both });
  };
  const more = beside ? [{ value: both, label: t('viewer.both') }] : [];
  return <VersionChoice versions={versions} value={together ? both : of.id} more={more} focused={state === both} onChange={choose} />;
}

/** The one that stands beside: at the same page, turned with the other; what is cited of it carries its own number. */
function Other({ id, finding }: { readonly id: string; readonly finding: Finding }): ReactNode {
  const { answer, shown } = useExhibit(id);
  const noKeys = useRef<HTMLElement>(null);
  const there = shown && !answer.error ? shown : null;
  usePage({ title: '', path: [], handling: there?.handling ?? null, markings: there?.markings.map(({ name }) => name) ?? [] });
  return (
    <Answer of={answer}>{() => (there
      ? <Viewer of={there} place={{ page: pageOf(finding.place) }} onPlace={(place) => finding.set({ at: formatPlace({ page: pageOf(place) }) })} keysIn={noKeys} />
      : <NotFound />)}</Answer>
  );
}

/** An exhibit page by page; where it has translations that the reader sees, or is one, with the choice between original, translation and both. */
export function Versions({ of, finding, beside }: Properties): ReactNode {
  const versions = useVersions(of);
  const other = otherOf(of, versions);
  const together = beside && finding.found.both !== '' && other !== null;
  const mine = <Viewer of={of} place={finding.place} onPlace={(place) => finding.set({ at: formatPlace(place) })} />;
  if (versions.length === 0) return mine;
  const theirs = together && <BesidePage key={other}><Other id={other} finding={finding} /></BesidePage>;
  const isOriginal = versions[0]?.id === of.id;
  return (
    <div className={styles['versions']}>
      <Choice of={of} versions={versions} finding={finding} beside={beside} together={together} />
      <div className={styles['sides']} data-together={together || undefined}>{isOriginal ? <>{mine}{theirs}</> : <>{theirs}{mine}</>}</div>
    </div>
  );
}
