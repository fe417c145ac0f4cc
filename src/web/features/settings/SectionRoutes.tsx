import { getRouteApi } from '@tanstack/react-router';
import { SectionPage } from './SectionPage';

const organization = getRouteApi('/shell/settings/organization/$section');
const integrations = getRouteApi('/shell/settings/integrations/$section');

/** `/settings/organization/:section` */
export function OrganizationRoute() {
  const { section } = organization.useParams();
  return <SectionPage key={section} group="organization" id={section} />;
}

/** `/settings/integrations/:section` */
export function IntegrationsRoute() {
  const { section } = integrations.useParams();
  return <SectionPage key={section} group="integrations" id={section} />;
}
