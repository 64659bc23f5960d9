'use client';

import { useApolloClient } from '@apollo/client/react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { CreateReportDocument, ReportsDocument } from '../generated/graphql';
import { useProject, useProjectPath } from '../shell/project-context';
import type { Template } from './templates';
import { useMaterial } from './use-material';

/** Makes a report of a template and opens it. */
export function useCreateReport() {
  const client = useApolloClient();
  const router = useRouter();
  const project = useProject();
  const path = useProjectPath();
  const readMaterial = useMaterial();
  const [making, setMaking] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const create = async (template: Template) => {
    setMaking(template.name);
    setProblem(null);
    try {
      const { data } = await client.mutate({ mutation: CreateReportDocument, variables: { input: { project, ...template.write(await readMaterial()) } }, refetchQueries: [ReportsDocument] });
      const { report, userErrors } = data!.createReport;
      if (report) router.push(path('reports', report.id));
      else setProblem(userErrors.map(({ message }) => message).join(' '));
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setMaking(null);
    }
  };
  return { create, making, problem };
}
