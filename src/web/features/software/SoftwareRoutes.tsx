import { getRouteApi } from '@tanstack/react-router';
import { SoftwarePage } from './SoftwarePage';

const titles = getRouteApi('/shell/software/titles');
const versions = getRouteApi('/shell/software/versions');

/** `/software/titles` */
export function TitlesRoute() {
  return <SoftwarePage list="titles" search={titles.useSearch()} />;
}

/** `/software/versions` */
export function VersionsRoute() {
  return <SoftwarePage list="versions" search={versions.useSearch()} />;
}
