import { administration } from '@/text/ar/administration';
import { agreements } from '@/text/ar/agreements';
import { cases } from '@/text/ar/cases';
import { challenges } from '@/text/ar/challenges';
import { checks } from '@/text/ar/checks';
import { entities } from '@/text/ar/entities';
import { evidence } from '@/text/ar/evidence';
import { imports } from '@/text/ar/imports';
import { network } from '@/text/ar/network';
import { security } from '@/text/ar/security';
import { server } from '@/text/ar/server';
import { shell } from '@/text/ar/shell';
import { tasks } from '@/text/ar/tasks';
import { teams } from '@/text/ar/teams';
import { ui } from '@/text/ar/ui';
import type { Catalogue } from '@/text/translated';

export { ontology } from '@/text/ar/ontology';

/** Every text of the interface in Arabic. */
export const ar: Catalogue = { ...shell, ...ui, ...teams, ...cases, ...challenges, ...checks, ...entities, ...evidence, ...imports, ...network, ...administration, ...agreements, ...tasks, ...security, ...server };
