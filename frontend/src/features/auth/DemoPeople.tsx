import type { ReactNode } from 'react';
import { graphql } from '@/api/generated/gql';
import { useAct } from '@/api/hooks';
import type { SessionInfo } from '@/api/session';
import { countryName } from '@/text/format';
import { t } from '@/text/text';
import { CountryCode } from '@/ui/Badges';
import { groupBy } from '@/ui/groupBy';
import { Panel } from '@/ui/Panel';
import { Problem } from '@/ui/States';
import styles from '@/features/auth/SignIn.module.css';

const SignInAs = graphql(`
  mutation SignInAs($person: ID!, $demoToken: String!) { signInAs(person: $person, demoToken: $demoToken) { id } }
`);

interface Properties {
  readonly people: SessionInfo['demoPeople'];
  readonly demoToken: string;
  readonly onSignedIn: () => void;
}

/** The people of the demonstration, by country; one click signs in. */
export function DemoPeople({ people, demoToken, onSignedIn }: Properties): ReactNode {
  const signIn = useAct(SignInAs, onSignedIn);
  const byCountry = groupBy(people, ({ agency }) => agency.country);
  return (
    <Panel title={t('signIn.demo')} flush>
      <Problem error={signIn.error} />
      {[...byCountry].map(([country, persons]) => (
        <section key={country} aria-label={countryName(country)}>
          <h3 className={styles['country']}><CountryCode code={country} />{countryName(country)}</h3>
          {persons.map((person) => (
            <button key={person.id} type="button" className={styles['person']} disabled={signIn.isPending}
              onClick={() => signIn.mutate({ person: person.id, demoToken })}>
              <span>
                <strong><bdi>{person.name}</bdi></strong>
                <small>{person.function} · <bdi>{person.agency.name}</bdi></small>
              </span>
            </button>
          ))}
        </section>
      ))}
    </Panel>
  );
}
