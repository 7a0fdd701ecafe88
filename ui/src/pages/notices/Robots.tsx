// Robots of group chats: which there are, trying one out, connecting and leaving out.
import { App, Button, Popconfirm, Table } from "antd";
import { useState } from "react";

import { type Robot, useDisconnectRobot, useRobots, useTryRobot } from "../../api/notices";
import { useGroups } from "../../parts/groups";
import { Loaded } from "../../parts/Loaded";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { RobotForm } from "./RobotForm";

const PREFIX = "robot_";

export function Robots() {
  const { t } = useWords();
  const robots = useRobots();
  const [fresh, setFresh] = useState(false);
  return (
    <>
      <Loaded query={robots} empty={{ when: (data) => data.items.length === 0, say: t("notices.noRobot") }}>
        {(data) => <List robots={data.items} />}
      </Loaded>
      {fresh ? (
        <RobotForm onDone={() => setFresh(false)} />
      ) : (
        <Button className="notice-add" onClick={() => setFresh(true)}>
          {t("notices.add")}
        </Button>
      )}
    </>
  );
}

function List({ robots }: { robots: Robot[] }) {
  const { t } = useWords();
  const group = useGroups();
  return (
    <Table<Robot>
      aria-label={t("notices.robots")}
      rowKey="service"
      size="small"
      pagination={false}
      scroll={{ x: 640 }}
      dataSource={robots}
      columns={[
        { title: t("notices.name"), render: (_, one) => one.service.slice(PREFIX.length) },
        { title: t("notices.flavour"), render: (_, one) => t(`notices.flavours.${one.flavour}`) },
        {
          title: t("notices.groups"),
          render: (_, one) => one.groups.map(group).join(", ") || t("notices.allGroups"),
        },
        {
          title: t("notices.kinds"),
          render: (_, one) => one.kinds.map((kind) => t(`notices.kind.${kind}`)).join(", "),
        },
        { title: "", render: (_, one) => <Acts name={one.service.slice(PREFIX.length)} /> },
      ]}
    />
  );
}

function Acts({ name }: { name: string }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const tryOut = useTryRobot();
  const leave = useDisconnectRobot();
  const onError = (error: unknown): void => void message.warning(fault(error));
  return (
    <div className="row">
      <Button
        size="small"
        loading={tryOut.isPending}
        onClick={() =>
          tryOut.mutate(name, { onSuccess: () => void message.success(t("notices.said")), onError })
        }
      >
        {t("notices.try")}
      </Button>
      <Popconfirm title={t("notices.leaveSure")} onConfirm={() => leave.mutate(name, { onError })}>
        <Button size="small" danger loading={leave.isPending}>
          {t("notices.leave")}
        </Button>
      </Popconfirm>
    </div>
  );
}
