import { administration } from '@/text/en/administration';
import { agreements } from '@/text/en/agreements';
import { cases } from '@/text/en/cases';
import { challenges } from '@/text/en/challenges';
import { checks } from '@/text/en/checks';
import { entities } from '@/text/en/entities';
import { evidence } from '@/text/en/evidence';
import { imports } from '@/text/en/imports';
import { network } from '@/text/en/network';
import { security } from '@/text/en/security';
import { server } from '@/text/en/server';
import { shell } from '@/text/en/shell';
import { tasks } from '@/text/en/tasks';
import { teams } from '@/text/en/teams';
import { ui } from '@/text/en/ui';

/** Every text of the interface in English. Keys are flat: "area.name". */
export const en = { ...shell, ...ui, ...teams, ...cases, ...challenges, ...checks, ...entities, ...evidence, ...imports, ...network, ...administration, ...agreements, ...tasks, ...security, ...server } as const;
