// The icons. Each stands beside words, or in a button with a name of its own: none of them is read aloud.
import * as drawn from "@ant-design/icons";
import type { ComponentProps, ComponentType, ReactNode } from "react";

type Drawn = typeof drawn.PlusOutlined;

/** An icon for those who see it; as Ant Design gives it, it would be read by the name of its file. */
function silent(Icon: Drawn): ComponentType<ComponentProps<Drawn>> {
  return function SilentIcon(props) {
    return <Icon {...props} aria-hidden />;
  };
}

/** An icon that is all that a button of Ant Design has, with the name that it is read by. */
export function Named({ name, children }: { name: string; children: ReactNode }) {
  return (
    <span role="img" aria-label={name}>
      {children}
    </span>
  );
}

export const ApartmentOutlined = silent(drawn.ApartmentOutlined);
export const ApiOutlined = silent(drawn.ApiOutlined);
export const AppstoreOutlined = silent(drawn.AppstoreOutlined);
export const ArrowLeftOutlined = silent(drawn.ArrowLeftOutlined);
export const BellOutlined = silent(drawn.BellOutlined);
export const CheckCircleFilled = silent(drawn.CheckCircleFilled);
export const CheckOutlined = silent(drawn.CheckOutlined);
export const CloseCircleFilled = silent(drawn.CloseCircleFilled);
export const CloseOutlined = silent(drawn.CloseOutlined);
export const CompassOutlined = silent(drawn.CompassOutlined);
export const DeleteOutlined = silent(drawn.DeleteOutlined);
export const DownOutlined = silent(drawn.DownOutlined);
export const DownloadOutlined = silent(drawn.DownloadOutlined);
export const ExclamationCircleFilled = silent(drawn.ExclamationCircleFilled);
export const EllipsisOutlined = silent(drawn.EllipsisOutlined);
export const EyeInvisibleOutlined = silent(drawn.EyeInvisibleOutlined);
export const EyeOutlined = silent(drawn.EyeOutlined);
export const FilePdfOutlined = silent(drawn.FilePdfOutlined);
export const FileTextOutlined = silent(drawn.FileTextOutlined);
export const FilterOutlined = silent(drawn.FilterOutlined);
export const ImportOutlined = silent(drawn.ImportOutlined);
export const InfoCircleFilled = silent(drawn.InfoCircleFilled);
export const InboxOutlined = silent(drawn.InboxOutlined);
export const LeftOutlined = silent(drawn.LeftOutlined);
export const LineChartOutlined = silent(drawn.LineChartOutlined);
export const LinkOutlined = silent(drawn.LinkOutlined);
export const MessageOutlined = silent(drawn.MessageOutlined);
export const MinusCircleOutlined = silent(drawn.MinusCircleOutlined);
export const MoonOutlined = silent(drawn.MoonOutlined);
export const PlusOutlined = silent(drawn.PlusOutlined);
export const ReadOutlined = silent(drawn.ReadOutlined);
export const RedoOutlined = silent(drawn.RedoOutlined);
export const RightOutlined = silent(drawn.RightOutlined);
export const SafetyCertificateOutlined = silent(drawn.SafetyCertificateOutlined);
export const SaveOutlined = silent(drawn.SaveOutlined);
export const SearchOutlined = silent(drawn.SearchOutlined);
export const SettingOutlined = silent(drawn.SettingOutlined);
export const StopOutlined = silent(drawn.StopOutlined);
export const SunOutlined = silent(drawn.SunOutlined);
export const TableOutlined = silent(drawn.TableOutlined);
export const TeamOutlined = silent(drawn.TeamOutlined);
export const UndoOutlined = silent(drawn.UndoOutlined);
export const UploadOutlined = silent(drawn.UploadOutlined);
export const UserOutlined = silent(drawn.UserOutlined);
