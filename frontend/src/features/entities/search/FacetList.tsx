import type { ReactNode } from 'react';
import { groups, type Group } from '@/api/ontology';
import { useSpace } from '@/api/SpaceContext';
import type { FacetCounts } from '@/features/entities/search/hits';
import type { Asked, Narrowing } from '@/features/entities/search/narrowing';
import { grades } from '@/features/entities/search/SearchFilters';
import { countryName, formatCount } from '@/text/format';
import { t } from '@/text/text';
import { CountryCode } from '@/ui/Badges';
import { GroupIcon } from '@/ui/KindIcon';
import styles from '@/features/entities/search/search.module.css';

interface Choice<Value extends string> {
  readonly value: Value;
  readonly words: string;
  readonly sample?: ReactNode;
}

interface FacetProperties<Value extends string> {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly counts: FacetCounts['groups'] | undefined;
  readonly chosen: Value | null;
  readonly onChoose: (value: Value | null) => void;
}

/** One facet: each choice with the number that it would find; pressed once more, it asks for nothing. Where nothing would be found there is no row. */
function Facet<Value extends string>({ label, choices, counts, chosen, onChoose }: FacetProperties<Value>): ReactNode {
  const count = (value: string): number => counts?.find((each) => each.value === value)?.count ?? 0;
  const shown = choices.filter(({ value }) => count(value) > 0 || value === chosen);
  if (shown.length === 0) return null;
  return (
    <div role="group" aria-label={label}>
      <h2 aria-hidden>{label}</h2>
      {shown.map(({ value, words, sample }) => (
        <button key={value} type="button" className={styles['facet']} aria-pressed={value === chosen} onClick={() => onChoose(value === chosen ? null : value)}>
          {sample}<span className={styles['word']}><bdi>{words}</bdi></span><span className={styles['number']}>{formatCount(count(value))}</span>
        </button>
      ))}
    </div>
  );
}

interface Properties {
  readonly asked: Asked;
  readonly counts: FacetCounts | undefined;
  readonly onAsk: (part: Partial<Asked>) => void;
}

/** What the results have, counted by the server over what the reader may see. */
export function FacetList({ asked, counts, onAsk }: Properties): ReactNode {
  const { cases, countries } = useSpace();
  const { group, narrowing } = asked;
  const narrow = (name: keyof Narrowing) => (value: string | null): void => onAsk({ narrowing: { ...narrowing, [name]: value } });
  return (
    <>
      <Facet<Group> label={t('search.kind')} counts={counts?.groups} chosen={group} onChoose={(value) => onAsk({ group: value })}
        choices={groups.map((value) => ({ value, words: t(`group.${value}`), sample: <GroupIcon group={value} size={18} /> }))} />
      <Facet label={t('search.case')} counts={counts?.cases} chosen={narrowing.case ?? null} onChoose={narrow('case')}
        choices={cases.map(({ id, title }) => ({ value: id, words: title }))} />
      <Facet label={t('search.country')} counts={counts?.countries} chosen={narrowing.country ?? null} onChoose={narrow('country')}
        choices={countries.map((value) => ({ value, words: countryName(value), sample: <CountryCode code={value} /> }))} />
      <Facet label={t('search.grade')} counts={counts?.grades} chosen={narrowing.gradeAtLeast ?? null} onChoose={narrow('gradeAtLeast')}
        choices={grades.map((value) => ({ value, words: value }))} />
    </>
  );
}
