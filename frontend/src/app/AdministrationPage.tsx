import type { ReactNode } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useMe } from '@/api/session';
import { AgenciesPanel } from '@/features/agencies/AgenciesPanel';
import { AccountsPanel } from '@/features/auth/accounts/AccountsPanel';
import { RegisterPanel } from '@/features/teams/agreements/RegisterPanel';
import { t } from '@/text/text';
import { usePage } from '@/ui/Page';
import { NotFound } from '@/ui/States';
import { tabPanel, Tabs } from '@/ui/Tabs';
import styles from '@/app/administration.module.css';

const sections = [
  { id: 'agencies', text: 'admin.agencies', panel: AgenciesPanel },
  { id: 'people', text: 'admin.people', panel: AccountsPanel },
  { id: 'spaces', text: 'admin.spaces', panel: RegisterPanel },
] as const;

function Sections({ section }: { readonly section: string | undefined }): ReactNode {
  const navigate = useNavigate();
  const selected = sections.find(({ id }) => id === section) ?? sections[0];
  usePage({ title: t('admin.title'), path: [] });
  return (
    <div className={styles['page']}>
      <h1>{t('admin.title')}</h1>
      <p>{t('admin.intro')}</p>
      <Tabs id="administration" label={t('admin.sections')} tabs={sections.map(({ id, text }) => ({ id, label: t(text) }))} selected={selected.id} onSelect={(id) => void navigate(`/administration/${id}`)} />
      <div {...tabPanel('administration', selected.id)}><selected.panel /></div>
    </div>
  );
}

/** The people of one agency, for who administers it. */
function OwnPeople({ agency }: { readonly agency: string }): ReactNode {
  usePage({ title: t('admin.title'), path: [] });
  return (
    <div className={styles['page']}>
      <h1>{t('admin.title')}</h1>
      <p>{t('admin.introAgency', { agency })}</p>
      <AccountsPanel />
    </div>
  );
}

/** What administrators of the deployment keep, and what those of an agency do; for everybody else there is nothing here. */
export function AdministrationPage(): ReactNode {
  const { section } = useParams();
  const { administrator, agencyAdministrator, agency } = useMe();
  if (administrator) return <Sections section={section} />;
  return agencyAdministrator ? <OwnPeople agency={agency.name} /> : <NotFound />;
}
