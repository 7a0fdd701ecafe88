// Who used a service of late: processes and actors, how often, when last.
import { Empty, Table } from "antd";
import { Link } from "react-router";

import type { Service } from "../../api/services";
import { Actor, actorKind } from "../../parts/Actor";
import { useActors } from "../../parts/actors";
import { usePages } from "../../parts/usePages";
import { useWords } from "../../parts/useWords";

type User = Service["users"][number];

export function Users({ service }: { service: Service }) {
  const pages = usePages();
  const { t, number, moment } = useWords();
  const named = useActors();
  if (service.users.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("services.nobody")} />;
  return (
    <Table<User>
      aria-label={t("services.part.users")}
      rowKey={(one) => `${one.process_id ?? ""}/${one.actor_kind}/${one.actor_id}`}
      size="small"
      pagination={{ ...pages, pageSize: 50, hideOnSinglePage: true }}
      scroll={{ x: 600 }}
      dataSource={service.users}
      columns={[
        {
          title: t("services.user"),
          render: (_, one) => <Actor kind={actorKind(one.actor_kind)} name={named(one.actor_id)} />,
        },
        {
          title: t("services.process"),
          render: (_, one) =>
            one.process_id === null ? "" : <Link to={`/processes/${one.process_id}`}>{one.process_id}</Link>,
        },
        { title: t("services.times"), align: "right", render: (_, one) => number(one.times) },
        { title: t("services.last"), render: (_, one) => moment(one.last) },
      ]}
    />
  );
}
